package org.corral.cgroup.limit;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.Linux;
import org.jspecify.annotations.Nullable;

/**
 * Writes the limits of one cgroup: {@code cpu}, {@code memory} and {@code pids}, on v1 and v2. Confined to one thread at a time, and the
 * only writer of these files as far as it knows: {@link #forget} tells it otherwise.
 *
 * <p>This is a hot path. It knows what it last wrote or read, so an update that changes nothing makes no system call; one that does
 * makes one pwrite(2) a file, on descriptors that stay open as the process's budget allows, and neither makes an object.
 *
 * <pre>{@code
 * LimitPlan plan = writer.plan();
 * boolean holds = plan.cpuShares(512).memory(Limit.of(size)).apply();   // and again: plan.clear()…
 * }</pre>
 */
public final class LimitWriter implements AutoCloseable {

    final LimitText text = new LimitText();
    private final Linux linux;
    private final Cgroup cgroup;
    private final boolean cpuIsV2;
    private final boolean memoryIsV2;
    private final @Nullable KeptLimit[] files = new @Nullable KeptLimit[LimitFile.COUNT];

    /**
     * Opens nothing yet.
     *
     * @param cgroup stays the caller's, who closes it after this
     */
    public LimitWriter(Linux linux, Cgroup cgroup) {
        this.linux = linux;
        this.cgroup = cgroup;
        this.cpuIsV2 = isV2(Controller.CPU);
        this.memoryIsV2 = isV2(Controller.MEMORY);
    }

    private boolean isV2(Controller controller) {
        Optional<CgroupDir> directory = cgroup.directory(controller);
        return directory.isPresent() && directory.get().version() == CgroupVersion.V2;
    }

    /** {@return an empty plan, to be filled, and used again and again} */
    public LimitPlan plan() {
        return new LimitPlan(this);
    }

    /** Forgets what is in the files: to be called where somebody else may have written. The next plan reads them. */
    public void forget() {
        for (KeptLimit file : files) {
            if (file != null) {
                file.forget();
            }
        }
    }

    boolean cpuIsV2() {
        return cpuIsV2;
    }

    boolean memoryIsV2() {
        return memoryIsV2;
    }

    KeptLimit file(LimitFile file) {
        KeptLimit known = files[file.index()];
        if (known == null) {
            known = new KeptLimit(linux, file, cgroup.directory(file.controller));
            files[file.index()] = known;
        }
        return known;
    }

    /** {@return how much memory is used; empty if that is not told} */
    OptionalLong memoryUsed() throws IOException {
        Optional<CgroupDir> memory = cgroup.directory(Controller.MEMORY);
        return memory.isPresent() ? MemoryController.of(memory.get()).used() : OptionalLong.empty();
    }

    /** Closes its descriptors. The limits stay. */
    @Override
    public void close() {
        for (KeptLimit file : files) {
            if (file != null) {
                file.close();
            }
        }
    }

    @Override
    public String toString() {
        return "limits of " + cgroup;
    }
}
