package org.corral.linux.namespace;

import static org.corral.linux.raw.Constants.CLONE_FS;
import static org.corral.linux.raw.Constants.O_RDONLY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.corral.core.isolator.Namespace;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;

/** Those of another process, held by descriptors, so that they are there until this is closed (setns(2)). Thread-safe. */
public final class HeldNamespaces implements Namespaces, AutoCloseable {

    private final Linux linux;
    private final Map<Namespace, Fd> fds = new EnumMap<>(Namespace.class);

    private HeldNamespaces(Linux linux) {
        this.linux = linux;
    }

    /**
     * Takes hold of namespaces of a process, whose pid must stay its until this returns.
     *
     * @throws IOException if one of them is this process's own: what is done there would be done to the host; EPERM, or
     *     ENOENT if the process has ended
     */
    public static HeldNamespaces of(Linux linux, int pid, Set<Namespace> kinds) throws IOException {
        HeldNamespaces held = new HeldNamespaces(linux);
        try {
            for (Namespace kind : kinds) {
                refuseOwn(linux, pid, kind);
                String file = file(linux, Integer.toString(pid), kind).toString();
                held.fds.put(kind, Fd.open(linux.files(), file, O_RDONLY));
            }
            return held;
        } catch (IOException | RuntimeException e) {
            held.close();
            throw e;
        }
    }

    private static void refuseOwn(Linux linux, int pid, Namespace kind) throws IOException {
        Path its = Files.readSymbolicLink(file(linux, Integer.toString(pid), kind));
        if (its.equals(Files.readSymbolicLink(file(linux, "self", kind)))) {
            throw new IOException("process " + pid + " has no " + kind.file() + " namespace of its own");
        }
    }

    private static Path file(Linux linux, String process, Namespace kind) {
        return linux.path("/proc/" + process + "/ns/" + kind.file());
    }

    /**
     * {@return the number of a descriptor, which is open until this is closed}
     *
     * @throws IllegalArgumentException if none of that kind is held
     */
    public int descriptor(Namespace kind) {
        Fd fd = fds.get(kind);
        if (fd == null) {
            throw new IllegalArgumentException("no " + kind.file() + " namespace is held");
        }
        return fd.number();
    }

    @Override
    public Set<Namespace> kinds() {
        return Set.copyOf(fds.keySet());
    }

    /** The thread must have a root and working directory of its own before it can have other mounts. */
    @Override
    public void enter() throws ErrnoException {
        if (fds.containsKey(Namespace.MOUNT)) {
            linux.namespaces().unshare(CLONE_FS);
        }
        for (Map.Entry<Namespace, Fd> entry : fds.entrySet()) {
            linux.namespaces().enter(entry.getValue().number(), CloneFlags.of(entry.getKey()));
        }
    }

    @Override
    public void close() {
        fds.values().forEach(Fd::close);
    }
}
