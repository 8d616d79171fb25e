package org.corral.containerizer.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.linux.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to change one container's checkpoint: a lock of the kernel on a file beside it, which goes with the container's
 * directory. Whoever reads alone needs none. Held for one change, by one thread.
 */
final class CheckpointLock implements AutoCloseable {

    /** Begins as the checkpoint's name does, by which it is known for Corral's. */
    static final String NAME = CheckpointFile.NAME + ".lock";

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointLock.class);

    /** What this process has locked, with one store or another. */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private CheckpointLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes it, once nobody else has it.
     *
     * @param directory the container's
     * @return empty if that is gone
     * @throws CheckpointHeldException if somebody else has it all that time
     * @throws IOException if the file cannot be made, or its file system has no locks
     */
    static Optional<CheckpointLock> take(Path directory, Duration patience) throws IOException {
        Path file = directory.toAbsolutePath().normalize().resolve(NAME);
        Deadline deadline = Deadline.after(patience);
        try {
            Optional<CheckpointLock> taken = tryTake(file);
            while (taken.isEmpty()) {
                if (deadline.hasPassed()) {
                    throw new CheckpointHeldException(file);
                }
                deadline.pauseInterruptibly();
                taken = tryTake(file);
            }
            return taken;
        } catch (NoSuchFileException e) {
            LOG.debug("{} is gone", directory, e);
            return Optional.empty();
        }
    }

    /** One at a time in this process, too: else the second would open, and close, what the first has locked. */
    private static Optional<CheckpointLock> tryTake(Path file) throws IOException {
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        Optional<FileChannel> locked = Optional.empty();
        try {
            locked = tryLock(new LockFile(file));
        } finally {
            if (locked.isEmpty()) {
                HELD.remove(file);
            }
        }
        return locked.map(channel -> new CheckpointLock(file, channel));
    }

    /** The directory may have gone, and another come, between two looks. */
    private static Optional<FileChannel> tryLock(LockFile file) throws IOException {
        file.makeUnlessThere();
        Object found = file.inode();
        FileChannel channel = file.open();
        boolean kept = false;
        try {
            kept = channel.tryLock() != null && file.inode().equals(found);
            return kept ? Optional.of(channel) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            kept = true; // to close it would end the lock that this class has in another class loader
            throw new CheckpointHeldException(file.path());
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}
