package org.corral.harness;

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

/** What this process holds, by the kernel and by the virtual machine. */
public final class OwnProcess {

    private static final Path SELF = Path.of("/proc/self");

    /** What finalizers and reference queues hold, or threads that are about to end, takes some collections to go. */
    private static final int COLLECTIONS = 4;

    private static final long BETWEEN_COLLECTIONS = TimeUnit.MILLISECONDS.toNanos(100);

    private OwnProcess() {}

    /**
     * {@return the bytes of live objects, once garbage is collected} By what the collection itself saw: what is in use now takes in all
     * that threads have set aside to allocate from since.
     */
    public static long liveHeapBytes() {
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

    /** {@return how many descriptors it has open} */
    public static int descriptors() throws IOException {
        return entries("fd") - 1; // the one that lists them
    }

    /** {@return how many threads the kernel counts in it, the virtual machine's own among them} */
    public static int threads() throws IOException {
        return entries("task");
    }

    private static int entries(String directory) throws IOException {
        try (Stream<Path> entries = Files.list(SELF.resolve(directory))) {
            return (int) entries.count();
        }
    }
}
