package org.corral.core.usage;

import java.util.OptionalLong;

/**
 * How often the kernel reported that memory was short, counted since the agent began to listen. Immutable.
 *
 * <p>On cgroup v1 these are the kernel's levels, told at each reclaim (admin-guide/cgroup-v1/memory.rst). On v2 they are
 * windows of 2 s in which processes waited for memory (accounting/psi.rst). The numbers of the two do not compare.
 *
 * <p>A higher level is also counted as every lower one, hence {@code low >= medium >= critical}. A level that the kernel
 * does not report is absent.
 *
 * @param low reclaim was needed; v2: some process waited for 200 ms of the window
 * @param medium reclaim was inefficient; v2: and all processes waited at once, for a second of the last ten
 * @param critical the kernel was about to kill; v2: and all processes waited at once, for four seconds of the last ten
 */
public record PressureUsage(OptionalLong low, OptionalLong medium, OptionalLong critical) {}
