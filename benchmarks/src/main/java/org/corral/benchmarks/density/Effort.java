package org.corral.benchmarks.density;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * What this process has taken, until now or between two moments. Immutable.
 *
 * @param wallNanos time
 * @param cpuNanos time on CPUs, of all threads and of the kernel for them
 * @param collections of garbage
 * @param collectionMillis the time they took
 */
record Effort(long wallNanos, long cpuNanos, long collections, long collectionMillis) {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** {@return it until now, from anywhere on} */
    static Effort now() {
        long collections = 0;
        long millis = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            collections += collector.getCollectionCount();
            millis += collector.getCollectionTime();
        }
        return new Effort(System.nanoTime(), PROCESS.getProcessCpuTime(), collections, millis);
    }

    /** {@return it from another moment to this one} */
    Effort since(Effort earlier) {
        return new Effort(
                wallNanos - earlier.wallNanos,
                cpuNanos - earlier.cpuNanos,
                collections - earlier.collections,
                collectionMillis - earlier.collectionMillis);
    }

    /** {@return which part of one CPU that was; above 1 where it was more than one} */
    double cpuShare() {
        return shareOf(cpuNanos);
    }

    /** {@return which part of one CPU so much time was} */
    double shareOf(long nanos) {
        return nanos / (double) Math.max(1, wallNanos);
    }
}
