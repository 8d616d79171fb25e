package org.corral.containerizer.launcher;

import static org.corral.linux.raw.Constants.O_CREAT;
import static org.corral.linux.raw.Constants.O_DIRECTORY;
import static org.corral.linux.raw.Constants.O_EXCL;
import static org.corral.linux.raw.Constants.O_NOFOLLOW;
import static org.corral.linux.raw.Constants.O_PATH;
import static org.corral.linux.raw.Constants.O_WRONLY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.process.Identity;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that a launch makes for the output of a command. Where the command is another user's they are made here, before
 * there is a child, and given to that user; they go again when the launch fails. A file that was there is left as it is,
 * whoever owns it: to give away what somebody else made is not a launch's to do.
 *
 * <p>That user may be able to change the directories at any time. So a file is given away by its descriptor, removed by that
 * of its directory, and the child, which is root then, makes none and follows no link in the place of one made here.
 * Confined to one thread at a time.
 */
final class OutputFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OutputFiles.class);
    private static final int EXCLUSIVE = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;

    private final Linux linux;
    private final Map<String, Made> made = new HashMap<>();
    private SpawnPlan plan;

    private OutputFiles(Linux linux, SpawnPlan plan) {
        this.linux = linux;
        this.plan = plan;
    }

    /** {@return the files of a child of the agent's own user, which makes them itself} */
    static OutputFiles ofTheChild(Linux linux, SpawnPlan plan) {
        return new OutputFiles(linux, plan);
    }

    /**
     * Makes those files that the child would, unless they are there.
     *
     * @throws IOException naming the file, if one cannot be made or given away; none is left then
     */
    static OutputFiles make(Linux linux, SpawnPlan plan, Identity owner) throws IOException {
        OutputFiles files = new OutputFiles(linux, plan);
        try {
            List<Action> actions = new ArrayList<>();
            for (Action action : plan.actions()) {
                actions.add(
                        action instanceof Action.Open open && (open.flags() & O_CREAT) != 0
                                ? files.make(open, owner)
                                : action);
            }
            files.plan = plan.withActions(actions);
            return files;
        } catch (IOException e) {
            files.remove();
            throw e;
        }
    }

    /** {@return the step that opens what is there by now} */
    private Action make(Action.Open open, Identity owner) throws IOException {
        Path path = Path.of(open.path());
        if (!made.containsKey(open.path()) && !Files.exists(path)) {
            makeMissing(path, open.mode(), owner);
        }
        int link = made.containsKey(open.path()) ? O_NOFOLLOW : 0;
        return new Action.Open(open.fd(), open.path(), (open.flags() & ~O_CREAT) | link, open.mode());
    }

    private void makeMissing(Path path, int mode, Identity owner) throws IOException {
        try {
            Made file = Made.make(linux, path, mode);
            made.put(path.toString(), file);
            linux.files().changeOwner(file.file().number(), owner.uid(), owner.gid());
        } catch (ErrnoException e) {
            throw failure(path, owner, e);
        }
    }

    private static IOException failure(Path path, Identity owner, ErrnoException e) {
        String remedy = e.is(Errno.EEXIST)
                ? "it is a link that leads nowhere: remove it, or make what it leads to"
                : "make it beforehand, and it is left as it is";
        return new IOException(
                "output file " + path + " cannot be made for user " + owner + ": " + e.getMessage() + "; " + remedy, e);
    }

    /** {@return the plan of the child that opens them} */
    SpawnPlan plan() {
        return plan;
    }

    /** They stay: the command has them. */
    synchronized void keep() {
        made.values().forEach(Made::close);
        made.clear();
    }

    /** Removes those that were made. What has come into the place of one stays. */
    synchronized void remove() {
        made.forEach(this::remove);
        keep();
    }

    private void remove(String path, Made file) {
        try {
            file.remove(linux);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                LOG.warn("output file {} of a launch that failed is left", path, e);
            }
        }
    }

    /** A file that this launch made, and the directory that it made it in. */
    private record Made(Fd parent, String name, Fd file) {

        static Made make(Linux linux, Path path, int mode) throws ErrnoException {
            Fd parent = Fd.open(linux.files(), String.valueOf(path.getParent()), O_PATH | O_DIRECTORY);
            String name = String.valueOf(path.getFileName());
            try {
                int file = linux.files().openAt(parent.number(), name, EXCLUSIVE, mode);
                return new Made(parent, name, new Fd(linux.files(), file, path.toString()));
            } catch (ErrnoException e) {
                parent.close();
                throw e;
            }
        }

        void remove(Linux linux) throws ErrnoException {
            long inode = linux.files().status(file.number()).inode();
            if (linux.files().statusAt(parent.number(), name).inode() == inode) {
                linux.files().removeFileAt(parent.number(), name);
            }
        }

        void close() {
            file.close();
            parent.close();
        }
    }
}
