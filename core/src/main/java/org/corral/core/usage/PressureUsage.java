package org.corral.core.usage;

import java.util.OptionalLong;

/**
 * How often the kernel reported that memory was short, counted since the agent began to listen. Immutable.
 *
 * <p>A higher level is also counted as every lower one, hence {@code low >= medium >= critical}.
 *
 * @param low reclaim was needed
 * @param medium reclaim was inefficient
 * @param critical the kernel was about to kill
 */
public record PressureUsage(OptionalLong low, OptionalLong medium, OptionalLong critical) {}
