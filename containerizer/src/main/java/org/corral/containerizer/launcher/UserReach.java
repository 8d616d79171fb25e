package org.corral.containerizer.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.corral.containerizer.state.TrustedPath;
import org.corral.linux.process.Identity;
import org.corral.linux.raw.FileStatus;

/**
 * What root may open for the command of another user. That user, or a third, may have put a link on the way to a file, and so
 * made it another file: one that root alone can write, or read. Immutable.
 *
 * @param user whose command it is
 */
record UserReach(Identity user) {

    private static final int OF_GROUP = 3;
    private static final int OF_OWNER = 6;

    /** The permissions of one class, as in the last octal digit of a mode: inode(7). */
    static final int READ = 4;

    static final int WRITE = 2;
    private static final int SEARCH = 1;

    /**
     * Refuses an existing file that the user might not open, unless nobody but root can have made the path lead to it.
     *
     * @param found what it leads to now
     * @param permissions what it is to be opened for
     * @return whether it must be used by its descriptor, because it may be another by the time its path is looked up again
     * @throws IOException naming what could be changed, and the remedy
     */
    boolean requireExisting(Path path, FileStatus found, int permissions) throws IOException {
        Optional<Path> weakness = TrustedPath.weakness(path);
        if (weakness.isEmpty()) {
            return false;
        }
        if (!found.isRegularFile() || !may(found, permissions)) {
            throw refused(path, weakness.get(), "it is no file that this user may use by itself");
        }
        return true;
    }

    /** Refuses to make a file in a directory where the user could not, unless nobody but root can have made the path lead there. */
    void requireEntry(Path path, FileStatus directory) throws IOException {
        Optional<Path> weakness = may(directory, WRITE | SEARCH) ? Optional.empty() : TrustedPath.weakness(path);
        if (weakness.isPresent()) {
            throw refused(path, weakness.get(), "this user may make none in that directory");
        }
    }

    private boolean may(FileStatus file, int permissions) {
        int shift = file.uid() == user.uid() ? OF_OWNER : file.gid() == user.gid() ? OF_GROUP : 0;
        return (file.mode() >> shift & permissions) == permissions;
    }

    private IOException refused(Path path, Path weakness, String why) {
        return new IOException(path + " cannot be opened for user " + user + ": others than root may change " + weakness
                + ", so it may lead anywhere, and " + why
                + ": give the file to that user, or put it into a directory of root's");
    }
}
