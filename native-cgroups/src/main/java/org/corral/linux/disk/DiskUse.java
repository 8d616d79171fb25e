package org.corral.linux.disk;

/**
 * What a directory and all below it take on disk. Immutable.
 *
 * @param bytes in allocated blocks: a hole in a file takes none, and a byte a whole block
 * @param unreadable how many directories could not be looked into, and are not in the bytes with what they hold
 */
public record DiskUse(long bytes, long unreadable) {}
