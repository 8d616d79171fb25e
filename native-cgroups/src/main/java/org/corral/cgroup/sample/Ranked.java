package org.corral.cgroup.sample;

/**
 * A cgroup among those with the highest numbers. Immutable.
 *
 * @param cgroup which one
 * @param value the number, in the column's unit
 */
public record Ranked(SampledCgroup cgroup, long value) {}
