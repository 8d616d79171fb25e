package org.corral.harness;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What this process holds at a moment. Immutable.
 *
 * @param heapBytes live objects, after a garbage collection
 * @param nativeBytes resident memory that no file backs, the Java heap taken in: of a heap that is resident as a whole, differences are
 *     native memory alone
 * @param descriptors that are open
 * @param threads of the whole process
 * @param hostFreeBytes memory that the host could still give, what containers and kernel hold taken off
 */
public record Footprint(long heapBytes, long nativeBytes, int descriptors, int threads, long hostFreeBytes) {

    private static final Path SELF = Path.of("/proc/self");
    private static final Path HOST_MEMORY = Path.of("/proc/meminfo");

    /** {@return it now, once garbage is collected} */
    public static Footprint now() throws IOException {
        return new Footprint(
                OwnProcess.liveHeapBytes(),
                KernelTable.of(SELF.resolve("smaps_rollup")).bytes("Anonymous"),
                OwnProcess.descriptors(),
                OwnProcess.threads(),
                KernelTable.of(HOST_MEMORY).bytes("MemAvailable"));
    }
}
