package org.corral.containerizer.launcher;

import static org.corral.linux.raw.Constants.O_CREAT;
import static org.corral.linux.raw.Constants.O_DIRECTORY;
import static org.corral.linux.raw.Constants.O_EXCL;
import static org.corral.linux.raw.Constants.O_NOFOLLOW;
import static org.corral.linux.raw.Constants.O_PATH;

import java.io.IOException;
import java.nio.file.Path;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.process.Identity;

/**
 * A file that was made for another user, who may be able to change the directories on the way to it at any time: so it is
 * given away, written and removed by its descriptor and that of its directory. Confined to one thread at a time.
 *
 * @param parent the directory that it was made in
 * @param name its name there
 * @param file the file, opened as it was asked for
 */
public record MadeFile(Fd parent, String name, Fd file) implements AutoCloseable {

    private static final int NEW = O_CREAT | O_EXCL | O_NOFOLLOW;

    /**
     * Makes it, and gives it to the user.
     *
     * @param path in a directory that the user may write to, or that nobody but root can exchange for another
     * @param flags how it is to be opened
     * @throws IOException naming the file and the remedy; nothing is left then
     */
    public static MadeFile make(Linux linux, Path path, int flags, int mode, Identity owner) throws IOException {
        try {
            Fd parent =
                    Fd.open(linux.files(), String.valueOf(path.toAbsolutePath().getParent()), O_PATH | O_DIRECTORY);
            try {
                new UserReach(owner).requireEntry(path, linux.files().status(parent.number()));
                return make(linux, parent, path, flags, mode, owner);
            } catch (IOException e) {
                parent.close();
                throw e;
            }
        } catch (ErrnoException e) {
            throw failure(path, owner, e);
        }
    }

    private static MadeFile make(Linux linux, Fd parent, Path path, int flags, int mode, Identity owner)
            throws ErrnoException {
        String name = String.valueOf(path.getFileName());
        int opened = linux.files().openAt(parent.number(), name, flags | NEW, mode);
        MadeFile made = new MadeFile(parent, name, new Fd(linux.files(), opened, path.toString()));
        try {
            linux.files().changeOwner(opened, owner.uid(), owner.gid());
            return made;
        } catch (ErrnoException e) {
            made.removeAfter(linux, e);
            made.file.close();
            throw e;
        }
    }

    private static IOException failure(Path path, Identity owner, ErrnoException e) {
        String remedy = e.is(Errno.EEXIST)
                ? "it is a link that leads nowhere: remove it, or make what it leads to"
                : "make it beforehand, and it is left as it is";
        return new IOException(
                "output file " + path + " cannot be made for user " + owner + ": " + e.getMessage() + "; " + remedy, e);
    }

    private void removeAfter(Linux linux, ErrnoException failure) {
        try {
            remove(linux);
        } catch (ErrnoException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Removes it, unless something else has come into its place.
     *
     * @throws ErrnoException ENOENT if nothing has its name any more
     */
    public void remove(Linux linux) throws ErrnoException {
        long inode = linux.files().status(file.number()).inode();
        if (linux.files().statusAt(parent.number(), name).inode() == inode) {
            linux.files().removeFileAt(parent.number(), name);
        }
    }

    @Override
    public void close() {
        file.close();
        parent.close();
    }
}
