package org.corral.containerizer.cli.external;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.containerizer.state.RuntimeDirectory;
import org.corral.core.ContainerId;
import org.corral.linux.OwnerOnly;

/**
 * What the calls of one agent know of each other: a directory for each container that was launched and whose end the agent
 * has not been told. Thread-safe, also between processes.
 */
final class RecordStore {

    private static final String SUPERVISOR = "supervisor";
    private static final String TERMINATION = "termination";
    private static final String DESTROYED = "destroyed";
    private static final String LOG = "log";
    private static final String NEW = ".new";
    private static final List<String> FILES =
            List.of(SUPERVISOR, SUPERVISOR + NEW, TERMINATION, TERMINATION + NEW, DESTROYED, LOG, "gate", "go");

    private static final Duration STALE = Duration.ofMinutes(1);

    private final Path directory;

    private RecordStore(Path directory) {
        this.directory = directory;
    }

    /**
     * {@return the records of one agent}
     *
     * @param root the cgroup that its containers are made in, as it was asked for
     * @param agent the agent's work directory, which tells it from other agents
     */
    static RecordStore of(Path runtimeDirectory, String root, String agent) {
        return new RecordStore(runtimeDirectory.resolve("external@" + digest(root + "\n" + agent)));
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** {@return whether the record was made; false if there is one of that name} */
    boolean create(ContainerId id) throws IOException {
        RuntimeDirectory.makePrivate(directory);
        try {
            Files.createDirectory(directoryOf(id), OwnerOnly.DIRECTORY);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    Path directoryOf(ContainerId id) {
        return directory.resolve(id.value());
    }

    Path logOf(ContainerId id) {
        return directoryOf(id).resolve(LOG);
    }

    boolean contains(ContainerId id) {
        return Files.isDirectory(directoryOf(id));
    }

    List<ContainerId> list() throws IOException {
        if (!RuntimeDirectory.requireOwn(directory)) {
            return List.of();
        }
        List<ContainerId> ids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, Files::isDirectory)) {
            entries.forEach(entry -> ids.add(ContainerId.of(entry.getFileName().toString())));
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return ids;
    }

    void recordSupervisor(ContainerId id, ProcessIdentity supervisor) throws IOException {
        String text = supervisor.pid() + " " + supervisor.startTicks();
        replace(id, SUPERVISOR, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** {@return the process that owns the container, empty if none was started} */
    Optional<ProcessIdentity> supervisor(ContainerId id) throws IOException {
        Optional<byte[]> bytes = read(id, SUPERVISOR);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        String[] numbers = new String(bytes.get(), StandardCharsets.US_ASCII).split(" ", -1);
        try {
            return Optional.of(new ProcessIdentity(Integer.parseInt(numbers[0]), Long.parseLong(numbers[1])));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new IOException(directoryOf(id).resolve(SUPERVISOR) + " does not name a process", e);
        }
    }

    void recordTermination(ContainerId id, Calls.Termination termination) throws IOException {
        replace(id, TERMINATION, termination.toByteArray());
    }

    Optional<Calls.Termination> termination(ContainerId id) throws IOException {
        Optional<byte[]> bytes = read(id, TERMINATION);
        return bytes.isPresent() ? Optional.of(Calls.Termination.parseFrom(bytes.get())) : Optional.empty();
    }

    /** Notes that the agent has had the container destroyed: it need not ask how it ended. */
    void markDestroyed(ContainerId id) throws IOException {
        try {
            Files.createFile(directoryOf(id).resolve(DESTROYED), OwnerOnly.FILE);
        } catch (FileAlreadyExistsException | NoSuchFileException e) {
            return; // said already, or told already
        }
    }

    /** {@return whether nobody is expected to ask for this container again} */
    boolean isOver(ContainerId id) throws IOException {
        return Files.exists(directoryOf(id).resolve(DESTROYED))
                && termination(id).isPresent();
    }

    /** {@return whether it has been over for so long that no call can still be about it} */
    boolean isStale(ContainerId id) throws IOException {
        return isOver(id)
                && Files.getLastModifiedTime(directoryOf(id).resolve(TERMINATION))
                        .toInstant()
                        .isBefore(Instant.now().minus(STALE));
    }

    void remove(ContainerId id) throws IOException {
        try {
            removeRecord(id);
        } catch (DirectoryNotEmptyException e) {
            removeRecord(id); // another call has just marked it as destroyed, which it does once
        }
        RuntimeDirectory.removeIfEmpty(directory);
    }

    private void removeRecord(ContainerId id) throws IOException {
        for (String file : FILES) {
            Files.deleteIfExists(directoryOf(id).resolve(file));
        }
        Files.deleteIfExists(directoryOf(id));
    }

    private void replace(ContainerId id, String file, byte[] content) throws IOException {
        Path temporary = directoryOf(id).resolve(file + NEW);
        Files.deleteIfExists(temporary);
        Files.createFile(temporary, OwnerOnly.FILE);
        Files.write(temporary, content);
        Files.move(temporary, directoryOf(id).resolve(file), StandardCopyOption.ATOMIC_MOVE);
    }

    private Optional<byte[]> read(ContainerId id, String file) throws IOException {
        if (!RuntimeDirectory.requireOwn(directory)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.readAllBytes(directoryOf(id).resolve(file)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
