package org.corral.cgroup.sample;

import java.time.Duration;

/**
 * How a plan is kept to. Immutable.
 *
 * @param passes that have ended
 * @param skipped how often a cgroup was passed over because the CPU share was used up
 * @param missed periods that went by without a pass, as the one before had not ended or the host stood still
 * @param lastPass from the first to the last sample of the latest pass, all its pauses included
 * @param lastWork the part of that which is no pause
 * @param cpu all time on a CPU
 */
public record SamplingProgress(
        long passes, long skipped, long missed, Duration lastPass, Duration lastWork, Duration cpu) {}
