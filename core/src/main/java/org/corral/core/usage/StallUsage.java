package org.corral.core.usage;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long processes of a container had to wait for one resource, since its start: the totals of pressure stall information.
 * Immutable. Kernel: accounting/psi.rst.
 *
 * @param some at least one waited
 * @param full all waited at once; for the CPU from Linux 5.13 on
 */
public record StallUsage(Optional<Duration> some, Optional<Duration> full) {}
