package org.corral.benchmarks.peers;

/** Refuses to measure somebody who does not tell what the kernel tells: a quick wrong answer is no answer. */
final class Truth {

    private Truth() {}

    /**
     * Compares two numbers of 0 or more.
     *
     * @param told by the one who is to be measured
     * @param tolerance how far that may be off
     * @throws IllegalStateException if it is further off, or 0
     */
    static void check(String what, long told, long kernel, long tolerance) {
        if (told <= 0 || Math.abs(told - kernel) > tolerance) {
            throw new IllegalStateException(
                    what + " is " + told + ", but the kernel tells " + kernel + " (give or take " + tolerance + ")");
        }
    }
}
