package org.corral.core.event;

/** How short memory is; {@link org.corral.core.usage.PressureUsage} says what each means on which kernel. */
public enum PressureLevel {
    /** The kernel reclaims memory. */
    LOW,
    /** Reclaim does not keep up. */
    MEDIUM,
    /** Processes wait for memory most of the time, or are about to be killed for it. */
    CRITICAL
}
