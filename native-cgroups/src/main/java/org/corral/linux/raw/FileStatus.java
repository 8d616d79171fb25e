package org.corral.linux.raw;

/**
 * What statx(2) says of a file. Immutable.
 *
 * @param inode its number on its file system
 * @param filesystem the number of that file system
 * @param mode type and permission bits
 * @param links how many names it has; of a cgroup's directory two more than there are cgroups right below
 * @param uid its owner
 * @param gid its group
 * @param deviceMajor of a block or character device the driver's number, else 0
 * @param deviceMinor of a block or character device the number with its driver, else 0
 */
public record FileStatus(
        long inode, long filesystem, int mode, int links, int uid, int gid, int deviceMajor, int deviceMinor) {

    private static final int TYPE = 0170000;
    private static final int BLOCK_DEVICE = 060000;
    private static final int REGULAR_FILE = 0100000;

    /** {@return whether it is a regular file: no directory, device, pipe or link} */
    public boolean isRegularFile() {
        return (mode & TYPE) == REGULAR_FILE;
    }

    /** {@return whether it is a block device} */
    public boolean isBlockDevice() {
        return (mode & TYPE) == BLOCK_DEVICE;
    }
}
