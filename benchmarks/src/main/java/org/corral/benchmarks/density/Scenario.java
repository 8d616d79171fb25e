package org.corral.benchmarks.density;

import java.time.Duration;

/**
 * What is to be done. Immutable.
 *
 * @param containers how many, 1 or more
 * @param time how long they are sampled, once a second; 1 s or more
 * @param updateEvery how often all limits are changed, above 0
 * @param seed of what is random: whose memory runs out, and when
 * @param cpuShare the part of a CPU that sampling may take, above 0
 */
record Scenario(int containers, Duration time, Duration updateEvery, long seed, double cpuShare) {

    private static final int ONE_OF = 10;

    Scenario {
        require(containers >= 1, "N", containers, "a number of containers of 1 or more, as 1000");
        require(time.toSeconds() >= 1, "--seconds", time.toSeconds(), "1 or more, as 60");
        require(updateEvery.toSeconds() >= 1, "--update-every", updateEvery.toSeconds(), "1 or more seconds, as 5");
        require(cpuShare > 0, "--cpu-share", cpuShare, "a part of a CPU above 0, as 0.1");
    }

    private static void require(boolean isUsable, String option, Object value, String usable) {
        if (!isUsable) {
            throw new IllegalArgumentException(option + " " + value + " is not usable: give " + usable);
        }
    }

    /** {@return how many of the containers run out of memory: a tenth, and one at least} */
    int victims() {
        return Math.max(1, containers / ONE_OF);
    }

    /** {@return how many passes there are in that time} */
    long passes() {
        return time.toSeconds();
    }
}
