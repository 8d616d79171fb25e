package org.corral.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.corral.core.ExitStatus;

/** A process of a fake kernel: in one cgroup of each hierarchy while it runs. */
public final class FakeProcess {

    static final int SIGKILL = 9;

    private final FakeLinux kernel;
    private final int pid;
    private final boolean child;
    private final Map<FakeHierarchy, FakeCgroup> places = new HashMap<>();
    private final Map<FakeHierarchy, FakeCgroup> claims = new HashMap<>();
    private final List<Integer> signals = new ArrayList<>();
    private Optional<ExitStatus> status = Optional.empty();
    private boolean reaped;
    private boolean freezes = true;
    private boolean dies = true;
    private boolean killed;

    FakeProcess(FakeLinux kernel, int pid, boolean child) {
        this.kernel = kernel;
        this.pid = pid;
        this.child = child;
    }

    /** {@return its pid} */
    public int pid() {
        return pid;
    }

    /** {@return the signals that were sent to it, in order} */
    public List<Integer> signals() {
        return List.copyOf(signals);
    }

    /** {@return whether it has not ended} */
    public boolean isRunning() {
        return status.isEmpty();
    }

    /** Makes it wait for a disk: it neither freezes nor dies until {@link #release()}. {@return this} */
    public FakeProcess uninterruptible() {
        freezes = false;
        dies = false;
        return this;
    }

    /** Makes it take its time to die: only {@link #release()} lets it. */
    public void endsLate() {
        dies = false;
    }

    /** Ends its wait. */
    public void release() {
        freezes = true;
        dies = true;
        dieIfKilled();
    }

    /** Makes it end by itself. */
    public void exit(int code) {
        end(new ExitStatus.Exited(code));
    }

    /** Makes whoever puts it into another cgroup of a hierarchy find it moved to this one, as some daemons do. */
    public FakeProcess claimedBy(FakeCgroup cgroup) {
        claims.put(cgroup.hierarchy, cgroup);
        return this;
    }

    /** Moves it, as another process would. */
    public void moveTo(FakeCgroup cgroup) {
        places.put(cgroup.hierarchy, claims.getOrDefault(cgroup.hierarchy, cgroup));
        kernel.writeProcFile(this);
    }

    void startIn(List<FakeHierarchy> hierarchies) {
        hierarchies.forEach(hierarchy -> places.put(hierarchy, hierarchy.top()));
        kernel.writeProcFile(this);
    }

    boolean isChild() {
        return child;
    }

    boolean isReaped() {
        return reaped;
    }

    Optional<ExitStatus> status() {
        return status;
    }

    void reap() {
        reaped = true;
        kernel.writeProcFile(this);
    }

    Optional<FakeCgroup> in(FakeHierarchy hierarchy) {
        return Optional.ofNullable(places.get(hierarchy));
    }

    boolean canFreeze() {
        return freezes;
    }

    void signal(int signal) {
        if (signal != 0) {
            signals.add(signal);
        }
        if (signal == SIGKILL) {
            killed = true;
            dieIfKilled();
        }
    }

    /** On v1 a frozen process gets no further than having a signal pending. */
    void dieIfKilled() {
        boolean frozen =
                places.values().stream().anyMatch(c -> c instanceof FakeCgroupV1 v1 && v1.isFreezing() && freezes);
        if (killed && dies && !frozen && isRunning()) {
            end(new ExitStatus.Signaled(SIGKILL));
        }
    }

    /** A child stays as a zombie until it is reaped; others have parents that do so at once. */
    private void end(ExitStatus how) {
        status = Optional.of(how);
        places.clear();
        reaped = !child;
        kernel.writeProcFile(this);
    }
}
