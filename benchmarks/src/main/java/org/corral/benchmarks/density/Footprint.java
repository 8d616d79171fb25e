package org.corral.benchmarks.density;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

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
record Footprint(long heapBytes, long nativeBytes, int descriptors, int threads, long hostFreeBytes) {

    private static final Path SELF = Path.of("/proc/self");
    private static final Path HOST_MEMORY = Path.of("/proc/meminfo");

    /** What finalizers and reference queues hold, or threads that are about to end, takes some collections to go. */
    private static final int COLLECTIONS = 4;

    private static final long BETWEEN_COLLECTIONS = TimeUnit.MILLISECONDS.toNanos(100);

    /** {@return it now, once garbage is collected} */
    static Footprint now() throws IOException {
        return new Footprint(
                liveHeap(),
                KernelTable.of(SELF.resolve("smaps_rollup")).bytes("Anonymous"),
                descriptorsNow(),
                entries(SELF.resolve("task")),
                KernelTable.of(HOST_MEMORY).bytes("MemAvailable"));
    }

    /** By what the collection itself saw: what is in use now takes in all that threads have set aside to allocate from since. */
    private static long liveHeap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            LockSupport.parkNanos(BETWEEN_COLLECTIONS);
        }
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getCollectionUsage)
                .mapToLong(MemoryUsage::getUsed)
                .sum();
    }

    /** {@return how many descriptors this process has open} */
    static int descriptorsNow() throws IOException {
        return entries(SELF.resolve("fd")) - 1; // the one that lists them
    }

    private static int entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return (int) entries.count();
        }
    }
}
