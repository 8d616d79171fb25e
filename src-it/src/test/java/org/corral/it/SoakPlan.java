package org.corral.it;

import java.time.Duration;

/**
 * How long a soak goes on. Immutable.
 *
 * @param time after which no round begins
 * @param rounds that are made even so, 1 or more
 * @param steps of a round, after which the host is compared with the model
 * @param seed of what is random
 */
record SoakPlan(Duration time, int rounds, int steps, long seed) {}
