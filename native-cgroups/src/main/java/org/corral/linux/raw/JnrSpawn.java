package org.corral.linux.raw;

import static org.corral.linux.raw.Constants.POSIX_SPAWN_SETCGROUP;
import static org.corral.linux.raw.Constants.POSIX_SPAWN_SETSID;
import static org.corral.linux.raw.Constants.POSIX_SPAWN_SETSIGDEF;
import static org.corral.linux.raw.Constants.POSIX_SPAWN_SETSIGMASK;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import jnr.ffi.Pointer;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/**
 * One call of posix_spawn(3).
 *
 * <p>Until the child executes its program it runs in this process's memory (vfork semantics) and may stand at a gate for
 * long: all native memory it needs is held here until the call has returned.
 */
final class JnrSpawn {

    /** glibc's {@code posix_spawn_file_actions_t} has 80 bytes, {@code posix_spawnattr_t} 336, {@code sigset_t} 128. */
    private static final int OPAQUE = 512;

    private final LibC.Api libc;
    private final SpawnPlan plan;
    private final List<Pointer> held = new ArrayList<>();

    JnrSpawn(LibC.Api libc, SpawnPlan plan) {
        this.libc = libc;
        this.plan = plan;
    }

    int run() throws ErrnoException {
        Pointer actions = hold(JnrCalls.struct(OPAQUE));
        Pointer attributes = hold(JnrCalls.struct(OPAQUE));
        check(libc.posix_spawn_file_actions_init(actions), "posix_spawn_file_actions_init");
        check(libc.posix_spawnattr_init(attributes), "posix_spawnattr_init");
        try {
            for (SpawnPlan.Action action : plan.actions()) {
                check(add(actions, action), "posix_spawn_file_actions_add");
            }
            setSignals(attributes);
            setCgroup(attributes);
            check(libc.posix_spawnattr_setflags(attributes, flags()), "posix_spawnattr_setflags");
            return spawn(actions, attributes);
        } finally {
            libc.posix_spawnattr_destroy(attributes);
            libc.posix_spawn_file_actions_destroy(actions);
            Reference.reachabilityFence(held);
        }
    }

    private int spawn(Pointer actions, Pointer attributes) throws ErrnoException {
        Pointer pid = hold(JnrCalls.struct(Integer.BYTES));
        check(
                libc.posix_spawn(
                        pid, plan.path(), actions, attributes, vector(plan.arguments()), vector(plan.environment())),
                "posix_spawn");
        return pid.getInt(0);
    }

    private int add(Pointer actions, SpawnPlan.Action action) {
        if (action instanceof SpawnPlan.Action.Open open) {
            return libc.posix_spawn_file_actions_addopen(
                    actions, open.fd(), string(open.path()), open.flags(), open.mode());
        }
        if (action instanceof SpawnPlan.Action.Duplicate duplicate) {
            return libc.posix_spawn_file_actions_adddup2(actions, duplicate.fd(), duplicate.copy());
        }
        if (action instanceof SpawnPlan.Action.ChangeDirectory change) {
            return libc.posix_spawn_file_actions_addchdir_np(actions, string(change.path()));
        }
        return libc.posix_spawn_file_actions_addclosefrom_np(actions, ((SpawnPlan.Action.CloseFrom) action).from());
    }

    private short flags() {
        return (short) (POSIX_SPAWN_SETSIGDEF
                | POSIX_SPAWN_SETSIGMASK
                | (plan.newSession() ? POSIX_SPAWN_SETSID : 0)
                | (plan.cgroup().isPresent() ? POSIX_SPAWN_SETCGROUP : 0));
    }

    /** JNR does not tell which function is missing. */
    private void setCgroup(Pointer attributes) throws ErrnoException {
        if (plan.cgroup().isPresent()) {
            try {
                int cgroup = plan.cgroup().getAsInt();
                check(libc.posix_spawnattr_setcgroup_np(attributes, cgroup), "posix_spawnattr_setcgroup_np");
            } catch (UnsatisfiedLinkError e) {
                throw (Error)
                        new UnsatisfiedLinkError("posix_spawnattr_setcgroup_np is not in this C library").initCause(e);
            }
        }
    }

    private void setSignals(Pointer attributes) throws ErrnoException {
        Pointer all = hold(JnrCalls.struct(OPAQUE));
        Pointer none = hold(JnrCalls.struct(OPAQUE));
        libc.sigfillset(all);
        libc.sigemptyset(none);
        check(libc.posix_spawnattr_setsigdefault(attributes, all), "posix_spawnattr_setsigdefault");
        check(libc.posix_spawnattr_setsigmask(attributes, none), "posix_spawnattr_setsigmask");
    }

    /** {@return a NULL-terminated array of C strings} */
    private Pointer vector(List<String> strings) {
        Pointer array = hold(JnrCalls.struct((strings.size() + 1) * Long.BYTES));
        for (int i = 0; i < strings.size(); i++) {
            array.putAddress((long) i * Long.BYTES, string(strings.get(i)).address());
        }
        return array;
    }

    private Pointer string(String text) {
        return hold(JnrFileCalls.cString(text));
    }

    private Pointer hold(Pointer memory) {
        held.add(memory);
        return memory;
    }

    /** These functions return the error number itself. */
    private void check(int error, String function) throws ErrnoException {
        if (error != 0) {
            throw new ErrnoException(function, new Errno(error), plan.path());
        }
    }
}
