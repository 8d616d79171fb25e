package org.corral.containerizer.state;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directories of containers that are not there yet, or no longer, under names that no container has.
 *
 * <p>Whoever removes one first gives it the name of a discarded one, which only one can. So nobody empties a directory that
 * somebody else is about to put into its place.
 */
final class Discarded {

    private static final Logger LOG = LoggerFactory.getLogger(Discarded.class);
    private static final String NEW = ".new";
    private static final String OLD = ".old";

    /** The gates' files, and what a command said before the container's own. */
    private static final Set<String> OF_LAUNCHES = Set.of("gate", "go", "gate-2", "go-2", "pre-exec.log");

    private Discarded() {}

    /** {@return a new directory, for its owner alone, to be renamed} */
    static Path prepare(Path store) throws IOException {
        return Files.createTempDirectory(store, NEW);
    }

    /**
     * Refuses to remove what Corral did not put there.
     *
     * @throws IOException naming a file
     */
    static void requireOurs(Path directory) throws IOException {
        try (DirectoryStream<Path> strangers = Files.newDirectoryStream(directory, Discarded::isStranger)) {
            Iterator<Path> first = strangers.iterator();
            if (first.hasNext()) {
                throw new IOException(first.next() + " is not Corral's: remove it, for its directory to be removed");
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static boolean isStranger(Path file) {
        return !isOurs(file);
    }

    /** What launches leave, the checkpoint, and what a writer that died left of one. */
    private static boolean isOurs(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(CheckpointFile.NAME) || OF_LAUNCHES.contains(name);
    }

    /** Removes a directory; one that is gone is no failure. */
    static void discard(Path directory) throws IOException {
        Path discarded = directory.resolveSibling(OLD + UUID.randomUUID());
        try {
            Files.move(directory, discarded, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            LOG.debug("{} is gone already", directory, e);
            return;
        }
        delete(discarded);
    }

    /** Removes checkpoints that were not renamed into place. */
    static void deleteUnwritten(Path directory) throws IOException {
        try (DirectoryStream<Path> unwritten =
                Files.newDirectoryStream(directory, CheckpointFile.NAME + "*" + CheckpointFile.UNWRITTEN)) {
            for (Path file : unwritten) {
                Files.deleteIfExists(file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Removes Corral's files and, if nothing is left in it, the directory. {@return whether it is gone} */
    static boolean delete(Path directory) throws IOException {
        try (DirectoryStream<Path> ours = Files.newDirectoryStream(directory, Discarded::isOurs)) {
            for (Path file : ours) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(directory);
            return true;
        } catch (NoSuchFileException e) {
            return true;
        } catch (DirectoryNotEmptyException e) {
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Removes what is left of all that were prepared or discarded. */
    static void sweep(Path store) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(store, "{" + NEW + "," + OLD + "}*")) {
            for (Path directory : left) {
                sweepAway(directory);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            LOG.debug("nothing to sweep", e);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void sweepAway(Path directory) {
        try {
            discard(directory);
        } catch (IOException e) {
            LOG.warn("{} cannot be removed", directory, e);
        }
    }
}
