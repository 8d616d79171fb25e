package org.corral.core.usage;

import java.util.OptionalLong;

/**
 * Processes and threads of a container. Immutable.
 *
 * @param current how many there are now, threads included
 * @param limit how many there may be, empty if there is no limit
 */
public record PidsUsage(OptionalLong current, OptionalLong limit) {}
