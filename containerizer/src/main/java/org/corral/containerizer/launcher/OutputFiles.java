package org.corral.containerizer.launcher;

import static org.corral.linux.raw.Constants.O_CREAT;
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
 * The files of a command's standard streams. Where the command is another user's, those of its output that are missing are
 * made here, before there is a child, and given to that user; they go again when the launch fails. A file that was there is
 * left as it is, whoever owns it: to give away what somebody else made is not a launch's to do.
 *
 * <p>That user may be able to change the directories at any time, and the child is root when it opens files. So what lies
 * where others can change the way to it is opened here, if {@link UserReach} lets it be, and the child gets the descriptor.
 * Confined to one thread at a time.
 */
final class OutputFiles {

    private static final Logger LOG = LoggerFactory.getLogger(OutputFiles.class);

    private final Linux linux;
    private final Map<String, MadeFile> made = new HashMap<>();
    private final List<Fd> opened = new ArrayList<>();
    private SpawnPlan plan;

    private OutputFiles(Linux linux, SpawnPlan plan) {
        this.linux = linux;
        this.plan = plan;
    }

    /** {@return the files of a child of the agent's own user, which opens and makes them itself} */
    static OutputFiles ofTheChild(Linux linux, SpawnPlan plan) {
        return new OutputFiles(linux, plan);
    }

    /**
     * Makes those files that the child would, unless they are there.
     *
     * @throws IOException naming the file, if one cannot be made or given away, or may not be opened; none is left then
     */
    static OutputFiles make(Linux linux, SpawnPlan plan, Identity owner) throws IOException {
        OutputFiles files = new OutputFiles(linux, plan);
        try {
            List<Action> actions = new ArrayList<>();
            for (Action action : plan.actions()) {
                actions.add(action instanceof Action.Open open ? files.step(open, owner) : action);
            }
            files.plan = plan.withActions(actions);
            return files;
        } catch (IOException e) {
            files.remove();
            throw e;
        }
    }

    private Action step(Action.Open open, Identity owner) throws IOException {
        Path path = Path.of(open.path());
        boolean isThere = Files.exists(path);
        boolean isToBeMade = (open.flags() & O_CREAT) != 0;
        if (isToBeMade && (made.containsKey(open.path()) || !isThere)) {
            return makeOnce(open, path, owner);
        }
        return isThere ? existing(open, path, owner) : open;
    }

    private Action makeOnce(Action.Open open, Path path, Identity owner) throws IOException {
        MadeFile file = made.get(open.path());
        if (file == null) {
            file = MadeFile.make(linux, path, open.flags(), open.mode(), owner);
            made.put(open.path(), file);
        }
        return new Action.Duplicate(file.file().number(), open.fd());
    }

    /** By its path where that is safe: only the child can wait for the other end of a FIFO. */
    private Action existing(Action.Open open, Path path, Identity owner) throws IOException {
        int flags = open.flags() & ~O_CREAT;
        int permissions = (flags & O_WRONLY) != 0 ? UserReach.WRITE : UserReach.READ;
        try (Fd found = Fd.open(linux.files(), open.path(), O_PATH)) {
            boolean byDescriptor =
                    new UserReach(owner).requireExisting(path, linux.files().status(found.number()), permissions);
            if (!byDescriptor) {
                return new Action.Open(open.fd(), open.path(), flags, open.mode());
            }
            Fd file = Fd.open(linux.files(), "/proc/self/fd/" + found.number(), flags);
            opened.add(file);
            return new Action.Duplicate(file.number(), open.fd());
        }
    }

    /** {@return the plan of the child that opens them} */
    SpawnPlan plan() {
        return plan;
    }

    /** They stay: the command has them. */
    synchronized void keep() {
        made.values().forEach(MadeFile::close);
        made.clear();
        opened.forEach(Fd::close);
        opened.clear();
    }

    /** Removes those that were made. What has come into the place of one stays. */
    synchronized void remove() {
        made.forEach(this::remove);
        keep();
    }

    private void remove(String path, MadeFile file) {
        try {
            file.remove(linux);
        } catch (ErrnoException e) {
            if (!e.is(Errno.ENOENT)) {
                LOG.warn("output file {} of a launch that failed is left", path, e);
            }
        }
    }
}
