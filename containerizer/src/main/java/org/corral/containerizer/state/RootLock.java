package org.corral.containerizer.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to recover the containers of one root: a lock of the kernel on the file {@code .lock} beside them, which ends
 * with the process that holds it, however that ends. Children do not inherit it (fcntl(2), F_SETLK). Thread-safe.
 *
 * <p>The kernel drops such a lock when the process closes the file anywhere. Hence {@link #HELD}: what this process has
 * locked it does not open again.
 */
public final class RootLock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RootLock.class);
    private static final String NAME = ".lock";
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private RootLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param store the directory of the root's containers, made if it is missing
     * @throws RootLockedException if another agent has it, of this process or another one
     * @throws IOException if the directory cannot be made, or its file system has no locks
     */
    public static RootLock take(Path store) throws IOException {
        Path file = store.toAbsolutePath().normalize().resolve(NAME);
        if (!HELD.add(file)) {
            throw new RootLockedException(file, "this very process");
        }
        try {
            return new RootLock(file, lock(store, file));
        } catch (IOException | RuntimeException e) {
            HELD.remove(file);
            throw e;
        }
    }

    /** Until the file that was locked is the one that others find: who gives up the lock removes it. */
    private static FileChannel lock(Path store, Path file) throws IOException {
        while (true) {
            try {
                RuntimeDirectory.makePrivate(store);
                Optional<FileChannel> locked = tryLock(file);
                if (locked.isPresent()) {
                    return locked.get();
                }
            } catch (NoSuchFileException e) {
                LOG.debug("{} was given up just now: once more", file, e);
            }
        }
    }

    private static Optional<FileChannel> tryLock(Path path) throws IOException {
        LockFile file = new LockFile(path);
        file.makeUnlessThere();
        Object found = file.inode();
        FileChannel channel = file.open();
        boolean kept = false;
        try {
            requireLock(path, channel);
            if (file.inode().equals(found)) {
                tellHolder(channel);
                kept = true;
            }
            return kept ? Optional.of(channel) : Optional.empty();
        } catch (OverlappingFileLockException e) {
            kept = true; // to close it would end the lock that this class has in another class loader
            throw new RootLockedException(path, "this very process");
        } finally {
            if (!kept) {
                channel.close();
            }
        }
    }

    private static void requireLock(Path file, FileChannel channel) throws IOException {
        if (channel.tryLock() == null) {
            throw new RootLockedException(file, holder(channel));
        }
    }

    private static void tellHolder(FileChannel channel) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(US_ASCII)), 0);
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(32);
        channel.read(text, 0);
        String pid = new String(text.array(), 0, text.position(), US_ASCII).strip();
        return pid.matches("\\d+") ? "pid " + pid : "another process";
    }

    /** Gives it back, and removes the file before, so that nothing is left. A second call does nothing. */
    @Override
    public void close() throws IOException {
        if (open.compareAndSet(true, false)) {
            try {
                Files.deleteIfExists(file);
                channel.close();
            } finally {
                HELD.remove(file);
            }
            Path store = file.getParent();
            if (store != null) {
                RuntimeDirectory.removeIfEmpty(store);
            }
        }
    }
}
