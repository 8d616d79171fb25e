package org.corral.containerizer.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import org.corral.core.TerminationReason;
import org.corral.core.text.Quoted;

/**
 * A checkpoint in a file. It is replaced in one step: a reader, or an agent after a crash, sees the old or the new. It is
 * not forced to the disk: what a crash of the host would lose, the next boot would not believe (its boot id differs).
 */
final class CheckpointFile {

    static final String NAME = "state.json";

    /** How the name of a file ends that is not in its place yet. */
    static final String UNWRITTEN = ".new";

    /** Of either end of a long message. */
    private static final int SHOWN = 150;

    /** The components of {@link Checkpoint}. */
    private static final String DESTROY_REQUESTED = "destroyRequested";

    private static final String END_REASON = "endReason";

    private final ObjectMapper json = CheckpointJson.mapper();

    void write(Path directory, Checkpoint checkpoint) throws IOException {
        Path temporary = Files.createTempFile(directory, NAME, UNWRITTEN); // two agents may write at the same time
        try {
            Files.write(temporary, format(checkpoint));
            Files.move(temporary, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /**
     * {@return the checkpoint in a directory, empty if there is none}
     *
     * @throws DamagedCheckpointException if there is something else
     * @throws IOException if it cannot be read, or is of a format that another release knows
     */
    Optional<Checkpoint> read(Path directory) throws IOException {
        Path path = directory.resolve(NAME);
        try {
            return Optional.of(parse(Files.readAllBytes(path), path));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** {@return the checkpoint that is in a file; throws as {@link #read} does} */
    Checkpoint parse(byte[] content, Path path) throws IOException {
        try {
            return checkpoint(json.readTree(content), path);
        } catch (JsonProcessingException e) {
            throw damaged(path, e);
        }
    }

    private Checkpoint checkpoint(JsonNode tree, Path path) throws IOException {
        if (!tree.isObject()) {
            throw new DamagedCheckpointException(path + " is no checkpoint: it holds no JSON object");
        }
        if (!tree.path("version").isInt()) {
            throw new DamagedCheckpointException(path + " is no checkpoint: it names no version of its format");
        }
        int version = tree.path("version").asInt();
        if (version != Checkpoint.VERSION) {
            throw new IOException(path + " is of format " + version + ", and this release knows format "
                    + Checkpoint.VERSION + " alone: use the release that wrote it");
        }
        return json.treeToValue(tree, Checkpoint.class);
    }

    private static DamagedCheckpointException damaged(Path path, JsonProcessingException cause) {
        String why = withoutMiddle(Quoted.onOneLine(cause.getOriginalMessage()));
        return new DamagedCheckpointException(path + " is no checkpoint: " + why, cause);
    }

    /** Jackson says first what it could not read and last why not; what it read stands between. */
    private static String withoutMiddle(String message) {
        int length = message.length();
        return length <= 2 * SHOWN ? message : message.substring(0, SHOWN) + " … " + message.substring(length - SHOWN);
    }

    /** {@return what is written into a file} */
    byte[] format(Checkpoint checkpoint) throws IOException {
        return json.writeValueAsBytes(checkpoint);
    }

    /**
     * {@return why somebody wants the container to end whose checkpoint is in a directory} That alone is read; empty if nobody
     * does, or there is no checkpoint.
     *
     * @throws IOException if it cannot be read
     */
    Optional<TerminationReason> wish(Path directory) throws IOException {
        Path path = directory.resolve(NAME);
        try {
            return wish(Files.readAllBytes(path), path);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** {@return the same of the content of a file} */
    Optional<TerminationReason> wish(byte[] content, Path path) throws IOException {
        try (JsonParser in = json.createParser(content)) {
            return wish(in);
        } catch (JsonProcessingException e) {
            throw damaged(path, e);
        }
    }

    private static Optional<TerminationReason> wish(JsonParser in) throws IOException {
        in.nextToken();
        TerminationReason reason = TerminationReason.DESTROYED;
        boolean requested = false;
        while (in.nextToken() == JsonToken.FIELD_NAME) {
            String field = in.currentName();
            JsonToken value = in.nextToken();
            if (field.equals(DESTROY_REQUESTED)) {
                requested = in.getBooleanValue();
            } else if (field.equals(END_REASON)) {
                reason = value == JsonToken.VALUE_STRING ? reasonOf(in.getText()) : TerminationReason.DESTROYED;
            }
            in.skipChildren();
        }
        return requested ? Optional.of(reason) : Optional.empty();
    }

    /** A later release may know others. */
    private static TerminationReason reasonOf(String name) {
        return Arrays.stream(TerminationReason.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElse(TerminationReason.DESTROYED);
    }
}
