package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.OptionalLong;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.controller.MemoryController;
import org.corral.linux.Deadline;

/**
 * Takes memory back on v2: with each write of {@code memory.high} the kernel reclaims what is above, kills nothing, and holds back
 * processes that want more until this is closed. Confined to one thread. Kernel: admin-guide/cgroup-v2.rst.
 */
final class HighReclaim implements AutoCloseable {

    private static final String HIGH = "memory.high";

    /** The kernel is back from one write of so much in about a tenth of a second. */
    private static final long STEP_BYTES = 64L << 20;

    private final ControlFiles files;
    private final MemoryController memory;
    private final String before;

    HighReclaim(ControlFiles files) throws IOException {
        this.files = files;
        this.memory = MemoryController.of(files);
        this.before = files.read(HIGH);
    }

    /** Reclaims until no more than that is used, or until the deadline. */
    void reclaim(long bytes, Deadline deadline) throws IOException {
        OptionalLong used = memory.used();
        while (used.isPresent() && used.getAsLong() > bytes && !deadline.hasPassed()) {
            files.write(HIGH, Long.toString(Math.max(bytes, used.getAsLong() - STEP_BYTES)));
            used = memory.used();
            if (used.isPresent() && used.getAsLong() > bytes) {
                deadline.pauseInterruptibly();
            }
        }
    }

    /** Brings back what was there before. */
    @Override
    public void close() throws IOException {
        files.write(HIGH, before);
    }
}
