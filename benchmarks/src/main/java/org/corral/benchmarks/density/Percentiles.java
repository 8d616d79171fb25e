package org.corral.benchmarks.density;

/**
 * How long something took that was done often. Immutable.
 *
 * @param count how often
 * @param p50Micros half of them took that or less; 0 if there was none
 * @param p99Micros 99 of 100 did
 * @param maxMicros all did
 */
record Percentiles(long count, long p50Micros, long p99Micros, long maxMicros) {}
