package org.corral.linux.raw;

/**
 * What statx(2) says of an entry of a directory. Immutable.
 *
 * @param mode type and permission bits
 * @param inode its number on its file system
 * @param device the number of that file system
 * @param links how many names it has
 * @param blocks how many blocks of 512 bytes it takes on disk
 */
public record EntryStatus(int mode, long inode, long device, int links, long blocks) {

    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 040000;

    /** {@return whether it is a directory, not a link to one} */
    public boolean isDirectory() {
        return (mode & TYPE) == DIRECTORY;
    }
}
