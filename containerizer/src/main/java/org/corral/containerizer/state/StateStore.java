package org.corral.containerizer.state;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.corral.core.ContainerId;
import org.corral.core.TerminationReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers of one root as directories, each with its checkpoint and, during a launch, its gate. Thread-safe, also
 * against other agents.
 *
 * <p>A container's directory is prepared under another name and comes, with its checkpoint in it, by a rename; by a rename
 * it goes. So it is made by one agent alone, and one that is killed at any moment leaves either all of it or a directory
 * that {@link #sweep} removes.
 */
@SuppressWarnings("try") // a lock is held, not called
public final class StateStore {

    private static final Logger LOG = LoggerFactory.getLogger(StateStore.class);

    /** Ids do not begin with a dot. */
    private static final String HIDDEN = ".";

    private static final String UNREADABLE = ".unreadable-";

    /** Others may take and give back an id between two looks at it, but not for long. */
    private static final int MOST_TRIES = 10;

    /** A change writes limits, for which the kernel may take back memory. */
    private static final Duration CHANGE_OF_ANOTHER = Duration.ofSeconds(10);

    private static final Duration MOMENT = Duration.ofSeconds(1);

    /** No container is called that: its name begins with a dot. */
    private static final String LISTENERS = ".listeners";

    private final Path directory;
    private final CheckpointFile file = new CheckpointFile();
    private @Nullable RootLock lock;

    /**
     * Uses a directory; it is made with the first container and removed with the last.
     *
     * @param directory in a file system that a reboot clears
     */
    public StateStore(Path directory) {
        this.directory = directory;
    }

    /** {@return where the containers' directories are} */
    public Path directory() {
        return directory;
    }

    /**
     * Takes the root for this agent alone, for good or until {@link #unlock}; a second call does nothing. Who takes over
     * the containers of others needs it; who makes some of its own does not.
     *
     * @return whether it was not locked before
     * @throws RootLockedException if another agent has it
     */
    public synchronized boolean lock() throws IOException {
        if (lock != null) {
            return false;
        }
        lock = RootLock.take(directory);
        return true;
    }

    /** Gives the root back; does nothing if this store has not locked it. */
    public synchronized void unlock() throws IOException {
        if (lock != null) {
            RootLock held = lock;
            lock = null;
            held.close();
        }
    }

    /**
     * Takes a container's id, and writes down its first checkpoint.
     *
     * @return false if somebody has it already
     */
    public boolean claim(Checkpoint checkpoint) throws IOException {
        while (true) {
            try {
                RuntimeDirectory.makePrivate(directory);
                return claimBelow(checkpoint);
            } catch (NoSuchFileException e) {
                LOG.debug("{} was cleared just now: once more", directory, e);
            }
        }
    }

    private boolean claimBelow(Checkpoint checkpoint) throws IOException {
        Path target = directoryOf(checkpoint.id());
        if (isThere(target)) {
            return false;
        }
        Path prepared = Discarded.prepare(directory);
        boolean placed = false;
        try {
            file.write(prepared, checkpoint);
            placed = place(prepared, target);
            return placed;
        } finally {
            if (!placed) {
                Discarded.discard(prepared);
            }
        }
    }

    /** The kernel puts no directory into the place of one that holds a file (rename(2): ENOTEMPTY, EEXIST). */
    private static boolean place(Path prepared, Path target) throws IOException {
        for (int tries = 1; true; tries++) {
            try {
                Files.move(prepared, target, StandardCopyOption.ATOMIC_MOVE);
                return true;
            } catch (NoSuchFileException e) {
                throw e;
            } catch (FileSystemException e) {
                if (isThere(target)) {
                    return false;
                }
                if (tries == MOST_TRIES) {
                    throw e;
                }
            }
        }
    }

    private static boolean isThere(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** {@return where those who listen to events have their FIFOs; it is theirs, and may be missing} */
    public Path listenersDirectory() {
        return directory.resolve(LISTENERS);
    }

    /**
     * Makes the directory of {@link #listenersDirectory}, for its owner alone.
     *
     * @throws IOException if it cannot be made, or somebody else could write to it
     */
    public Path makeListenersDirectory() throws IOException {
        RuntimeDirectory.makePrivate(listenersDirectory());
        return listenersDirectory();
    }

    /** Removes that directory if nobody listens any more, and the store's if it holds no container. */
    public void removeListenersDirectory() throws IOException {
        RuntimeDirectory.removeIfEmpty(listenersDirectory());
        RuntimeDirectory.removeIfEmpty(directory);
    }

    /** {@return where a container's files are} */
    public Path directoryOf(ContainerId id) {
        return directory.resolve(id.toString().replace('/', '+'));
    }

    /** Writes a checkpoint, whole or not at all. */
    public void save(Checkpoint checkpoint) throws IOException {
        file.write(directoryOf(checkpoint.id()), checkpoint);
    }

    /**
     * Changes a container's checkpoint. Nobody else does meanwhile, so that of two changes none is lost.
     *
     * @return whether it was changed; false if there is none, or the change is none
     * @throws IOException if somebody else changes it for a long time, or it cannot be read or written; or of the change
     */
    public boolean change(ContainerId id, Change change) throws IOException {
        Optional<CheckpointLock> taken = CheckpointLock.take(directoryOf(id), CHANGE_OF_ANOTHER);
        if (taken.isEmpty()) {
            return false;
        }
        try (CheckpointLock lock = taken.get()) {
            return changeAlone(id, change);
        }
    }

    /**
     * The same for what must be written down even if somebody was stopped in the middle of a change: that is waited for no
     * longer than a moment, and may be lost.
     */
    public boolean changeAtOnce(ContainerId id, Change change) throws IOException {
        try {
            Optional<CheckpointLock> taken = CheckpointLock.take(directoryOf(id), MOMENT);
            if (taken.isEmpty()) {
                return false;
            }
            try (CheckpointLock lock = taken.get()) {
                return changeAlone(id, change);
            }
        } catch (CheckpointHeldException e) {
            LOG.debug("the checkpoint of container {} is changed by two", id, e);
            return changeAlone(id, change);
        }
    }

    private boolean changeAlone(ContainerId id, Change change) throws IOException {
        Optional<Checkpoint> now = find(id);
        Optional<Checkpoint> changed = now.isPresent() ? change.of(now.get()) : Optional.empty();
        if (changed.isEmpty()) {
            return false;
        }
        try {
            save(changed.get());
            return true;
        } catch (NoSuchFileException e) {
            LOG.debug("container {} ended meanwhile", id, e);
            return false;
        }
    }

    /** What becomes of a checkpoint. */
    @FunctionalInterface
    public interface Change {

        /** {@return the checkpoint to be written, empty to leave that which is there} */
        Optional<Checkpoint> of(Checkpoint now) throws IOException;
    }

    /**
     * Gives a container whose owner is gone another one, and removes what that left half written. Does nothing if it is gone.
     */
    public void takeOver(ContainerId id, ProcessIdentity owner) throws IOException {
        change(id, now -> {
            Discarded.deleteUnwritten(directoryOf(id));
            return Optional.of(now.withOwner(owner));
        });
    }

    /**
     * {@return a container's checkpoint, empty if there is none}
     *
     * @throws IOException if there is one that cannot be read, or anybody else could have put it there
     */
    public Optional<Checkpoint> find(ContainerId id) throws IOException {
        return RuntimeDirectory.requireOwn(directory) ? file.read(directoryOf(id)) : Optional.empty();
    }

    /**
     * {@return why somebody wants a container to end, empty if nobody does, or there is none}
     *
     * @throws IOException if its checkpoint cannot be read
     */
    public Optional<TerminationReason> wish(ContainerId id) throws IOException {
        return RuntimeDirectory.requireOwn(directory) ? file.wish(directoryOf(id)) : Optional.empty();
    }

    /** {@return the containers that there are, without a look at their checkpoints; no nested ones} */
    public Set<ContainerId> ids() throws IOException {
        Set<ContainerId> found = new HashSet<>();
        for (Path entry : containers()) {
            idOf(entry.getFileName().toString()).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<ContainerId> idOf(String name) {
        try {
            return Optional.of(ContainerId.of(name));
        } catch (IllegalArgumentException e) {
            LOG.debug("{} is the directory of no top-level container", name, e);
            return Optional.empty();
        }
    }

    /** {@return all checkpoints that can be read; one that cannot is logged and left where it is} */
    public List<Checkpoint> list() throws IOException {
        List<Checkpoint> found = new ArrayList<>();
        for (Path entry : containers()) {
            try {
                file.read(entry).ifPresent(found::add);
            } catch (IOException e) {
                LOG.warn("checkpoint in {} is left aside: {}", entry, e.getMessage());
            }
        }
        return found;
    }

    /**
     * {@return the directories that nobody can make anything of: without a checkpoint, or with a file that is none} What
     * merely cannot be read now, or is of another release's format, is not among them.
     */
    public List<Path> damaged() throws IOException {
        List<Path> found = new ArrayList<>();
        for (Path entry : containers()) {
            if (isDamaged(entry)) {
                found.add(entry);
            }
        }
        return found;
    }

    private boolean isDamaged(Path entry) {
        try {
            return file.read(entry).isEmpty() && isThere(entry);
        } catch (DamagedCheckpointException e) {
            return true;
        } catch (IOException e) {
            LOG.warn("checkpoint in {} is left alone: {}", entry, e.getMessage());
            return false;
        }
    }

    /**
     * Gives a damaged directory another name, so that the id can be taken again and somebody can look into it.
     *
     * @return where it is now; empty if it was removed because nothing was written down in it
     */
    public Optional<Path> setAside(Path damaged) throws IOException {
        if (!isThere(damaged.resolve(CheckpointFile.NAME)) && Discarded.delete(damaged)) {
            return Optional.empty();
        }
        Path aside = directory.resolve(UNREADABLE + damaged.getFileName() + "-" + System.currentTimeMillis());
        Files.move(damaged, aside, StandardCopyOption.ATOMIC_MOVE);
        return Optional.of(aside);
    }

    private List<Path> containers() throws IOException {
        if (!RuntimeDirectory.requireOwn(directory)) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, StateStore::isContainer)) {
            entries.forEach(found::add);
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private static boolean isContainer(Path entry) {
        return !entry.getFileName().toString().startsWith(HIDDEN)
                && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Removes a container's directory and what Corral put there, and the store's if it was the last.
     *
     * @throws IOException if something else is in it: then nothing was removed
     */
    public void remove(ContainerId id) throws IOException {
        try {
            Discarded.requireOurs(directoryOf(id));
            Discarded.discard(directoryOf(id));
        } catch (NoSuchFileException e) {
            LOG.debug("the directory of container {} is gone already", id, e);
        }
        RuntimeDirectory.removeIfEmpty(directory);
    }

    /**
     * Removes what claims and removals that were cut short have left. One that goes on just now is done anew by who does it.
     */
    public void sweep() throws IOException {
        Discarded.sweep(directory);
        RuntimeDirectory.removeIfEmpty(directory);
    }
}
