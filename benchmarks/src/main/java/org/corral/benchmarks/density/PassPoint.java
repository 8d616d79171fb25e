package org.corral.benchmarks.density;

/**
 * One pass of the sampler, for the plot. Immutable.
 *
 * @param seconds from the begin of sampling to its end
 * @param passMicros how long it sampled, without the pauses between its slices
 * @param cpuShare the part of one CPU that the agent took since the pass before
 */
record PassPoint(double seconds, long passMicros, double cpuShare) {}
