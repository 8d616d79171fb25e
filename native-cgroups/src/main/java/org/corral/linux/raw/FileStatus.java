package org.corral.linux.raw;

/**
 * What statx(2) says of a file. Immutable.
 *
 * @param inode its number
 * @param mode type and permission bits
 * @param uid its owner
 * @param gid its group
 */
public record FileStatus(long inode, int mode, int uid, int gid) {}
