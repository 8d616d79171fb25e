package org.corral.it;

import org.corral.harness.Footprint;

/**
 * What this process and the kernel hold when a round is over and no container is left. Immutable.
 *
 * @param seconds since the soak began
 * @param steps until now
 * @param heapBytes live objects, after a garbage collection
 * @param nativeBytes resident memory that no file backs, beside a heap that is resident as a whole
 * @param descriptors that are open
 * @param threads of the whole process
 * @param dyingCgroups more than before the soak that the kernel keeps though they were removed
 */
record SoakPoint(
        double seconds,
        long steps,
        long heapBytes,
        long nativeBytes,
        long descriptors,
        long threads,
        long dyingCgroups) {

    static SoakPoint of(double seconds, long steps, Footprint footprint, long dyingCgroups) {
        return new SoakPoint(
                seconds,
                steps,
                footprint.heapBytes(),
                footprint.nativeBytes() - Runtime.getRuntime().totalMemory(),
                footprint.descriptors(),
                footprint.threads(),
                dyingCgroups);
    }
}
