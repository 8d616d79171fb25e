package org.corral.containerizer.external;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.corral.containerizer.state.RuntimeDirectory;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The notes of an agent on its containers, a file each. Thread-safe but for two calls about one container. */
final class MemoStore {

    private static final Logger LOG = LoggerFactory.getLogger(MemoStore.class);
    private static final String SUFFIX = ".json";

    private final ObjectMapper json = new ObjectMapper();
    private final Path directory;

    MemoStore(Path directory) {
        this.directory = directory;
    }

    /** Writes a note, whole or not at all. */
    void save(Memo memo) throws IOException {
        RuntimeDirectory.makePrivate(directory);
        ObjectNode node = json.createObjectNode()
                .put("id", memo.id().value())
                .put("launchedAt", memo.launchedAt().toString());
        memo.sandbox().ifPresent(path -> node.put("sandbox", path.toString()));
        memo.resources().cpus().ifPresent(cpus -> node.put("nanoCpus", cpus.nanoCpus()));
        memo.resources().memory().ifPresent(memory -> node.put("memoryBytes", memory.bytes()));
        Path temporary = Files.createTempFile(directory, memo.id().value(), ".new");
        try {
            Files.write(temporary, json.writeValueAsBytes(node));
            Files.move(temporary, fileOf(memo.id()), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    void remove(ContainerId id) throws IOException {
        Files.deleteIfExists(fileOf(id));
    }

    /** {@return all notes that can be read; one that cannot is left aside} */
    Map<ContainerId, Memo> list() throws IOException {
        if (!RuntimeDirectory.requireOwn(directory)) {
            return Map.of();
        }
        Map<ContainerId, Memo> memos = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                read(file).ifPresent(memo -> memos.put(memo.id(), memo));
            }
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return memos;
    }

    private Path fileOf(ContainerId id) {
        return directory.resolve(id.value() + SUFFIX);
    }

    private Optional<Memo> read(Path file) {
        try {
            return Optional.of(memo(json.readTree(Files.readAllBytes(file))));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            LOG.warn("the note on a container in {} is left aside: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static Memo memo(JsonNode node) {
        Resources resources = Resources.NONE;
        if (node.has("nanoCpus")) {
            resources = resources.withCpus(new CpuAmount(node.get("nanoCpus").asLong()));
        }
        if (node.has("memoryBytes")) {
            resources = resources.withMemory(
                    DataSize.ofBytes(node.get("memoryBytes").asLong()));
        }
        Optional<Path> sandbox =
                node.has("sandbox") ? Optional.of(Path.of(node.get("sandbox").asText())) : Optional.empty();
        return new Memo(
                ContainerId.of(node.path("id").asText()),
                Instant.parse(node.path("launchedAt").asText()),
                sandbox,
                resources);
    }
}
