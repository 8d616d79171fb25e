package org.corral.linux.raw;

/**
 * The two descriptors that pipe2(2) makes. Immutable.
 *
 * @param read what is read from
 * @param write what is written to
 */
public record PipeEnds(int read, int write) {}
