package org.corral.containerizer.state;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.corral.core.ContainerId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The containers of one root as directories, each with its checkpoint and, during a launch, its gate. Thread-safe, also
 * against other agents: a container's directory is made by one of them alone.
 */
public final class StateStore {

    private static final Logger LOG = LoggerFactory.getLogger(StateStore.class);

    /** A gate's files, the checkpoint, and what a writer that died left of one. */
    private static final String FILES = "{gate,go," + CheckpointFile.NAME + "*}";

    /** No container is called that: its name begins with a dot. */
    private static final String LISTENERS = ".listeners";

    private final Path directory;
    private final CheckpointFile file = new CheckpointFile();

    /**
     * Uses a directory; it is made with the first container and removed with the last.
     *
     * @param directory in a file system that a reboot clears
     */
    public StateStore(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes a container's directory, for its owner alone.
     *
     * @return false if there is one already
     */
    public boolean create(ContainerId id) throws IOException {
        while (true) {
            try {
                RuntimeDirectory.makePrivate(directory);
                return createBelow(id);
            } catch (NoSuchFileException e) {
                LOG.debug("{} was removed just now, when its last container ended: made anew", directory);
            }
        }
    }

    private boolean createBelow(ContainerId id) throws IOException {
        try {
            Files.createDirectory(
                    directoryOf(id),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
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
     * {@return a container's checkpoint, empty if there is none}
     *
     * @throws IOException if there is one that cannot be read
     */
    public Optional<Checkpoint> find(ContainerId id) throws IOException {
        return file.read(directoryOf(id));
    }

    /** {@return all checkpoints that can be read; one that cannot is logged and left where it is} */
    public List<Checkpoint> list() throws IOException {
        List<Checkpoint> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, StateStore::isContainer)) {
            for (Path entry : entries) {
                readOrSkip(entry).ifPresent(found::add);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    private static boolean isContainer(Path entry) {
        return Files.isDirectory(entry) && !entry.endsWith(LISTENERS);
    }

    private Optional<Checkpoint> readOrSkip(Path entry) {
        try {
            return file.read(entry);
        } catch (IOException e) {
            LOG.warn("checkpoint in {} is left aside: {}", entry, e.getMessage());
            return Optional.empty();
        }
    }

    /** Removes a container's directory and what Corral put there, and the store's if it was the last. */
    public void remove(ContainerId id) throws IOException {
        Path container = directoryOf(id);
        try (DirectoryStream<Path> ours = Files.newDirectoryStream(container, FILES)) {
            for (Path file : ours) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(container);
        } catch (NoSuchFileException e) {
            LOG.debug("the directory of container {} is gone already", id);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        RuntimeDirectory.removeIfEmpty(directory);
    }
}
