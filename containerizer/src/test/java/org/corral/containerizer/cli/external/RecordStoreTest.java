package org.corral.containerizer.cli.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.corral.containerizer.external.protocol.TerminationMessages;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.core.ContainerId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordStoreTest {

    private static final ContainerId ID = ContainerId.of("web");

    @TempDir
    private Path temporary = Path.of("");

    private RecordStore records = RecordStore.of(Path.of(""), "", "");

    @BeforeEach
    void open() {
        records = RecordStore.of(temporary.resolve("state"), "auto", "/work");
    }

    private static void end(RecordStore store) throws IOException {
        store.recordTermination(ID, TerminationMessages.of(Optional.empty(), List.of()));
    }

    @Test
    void create_once_isListed() throws Exception {
        assertThat(records.list()).isEmpty();

        assertThat(records.create(ID)).isTrue();
        assertThat(records.create(ID)).isFalse();

        assertThat(records.list()).containsExactly(ID);
        assertThat(records.contains(ID)).isTrue();
        assertThat(records.supervisor(ID)).isEmpty();
        assertThat(records.termination(ID)).isEmpty();
    }

    @Test
    void records_all_areForTheirOwnerAlone() throws Exception {
        records.create(ID);
        records.recordSupervisor(ID, new ProcessIdentity(100, 1000));
        end(records);
        records.markDestroyed(ID);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(records.directoryOf(ID))))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(records.directoryOf(ID))) {
            assertThat(files).hasSize(3).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void list_directoryThatOthersMayWriteTo_isRefused() throws Exception {
        records.create(ID);
        Files.setPosixFilePermissions(
                records.directoryOf(ID).resolve(".."), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(records::list).hasMessageContaining("CORRAL_RUNTIME_DIR");
        assertThatThrownBy(() -> records.supervisor(ID)).hasMessageContaining("CORRAL_RUNTIME_DIR");
    }

    @Test
    void records_ofAnotherAgentOrRoot_areApart() throws Exception {
        records.create(ID);

        for (RecordStore other : List.of(
                RecordStore.of(temporary.resolve("state"), "auto", "/other"),
                RecordStore.of(temporary.resolve("state"), "/corral", "/work"))) {
            assertThat(other.contains(ID)).isFalse();
            assertThat(other.list()).isEmpty();
        }
    }

    @Test
    void supervisor_recorded_isRead() throws Exception {
        records.create(ID);

        records.recordSupervisor(ID, new ProcessIdentity(77, 123456789012L));

        assertThat(records.supervisor(ID)).contains(new ProcessIdentity(77, 123456789012L));
    }

    @Test
    void supervisor_damaged_isSaid() throws Exception {
        records.create(ID);
        for (String text : List.of("", "77", "a b", "0 0")) {
            Files.writeString(records.directoryOf(ID).resolve("supervisor"), text);
            assertThatThrownBy(() -> records.supervisor(ID))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("does not name a process");
        }
    }

    @Test
    void isOver_endedAndDestroyed_both() throws Exception {
        records.create(ID);
        assertThat(records.isOver(ID)).isFalse();
        records.markDestroyed(ID);
        records.markDestroyed(ID);
        assertThat(records.isOver(ID)).isFalse();
        end(records);
        assertThat(records.isOver(ID)).isTrue();
    }

    @Test
    void isStale_longAfterItsEnd_alone() throws Exception {
        records.create(ID);
        end(records);
        records.markDestroyed(ID);
        assertThat(records.isStale(ID)).isFalse();

        Files.setLastModifiedTime(
                records.directoryOf(ID).resolve("termination"),
                FileTime.from(Instant.now().minus(Duration.ofHours(1))));

        assertThat(records.isStale(ID)).isTrue();
    }

    @Test
    void markDestroyed_noRecord_isNoFailure() throws Exception {
        records.markDestroyed(ID);

        assertThat(records.contains(ID)).isFalse();
    }

    @Test
    void remove_all_nothingIsLeft() throws Exception {
        records.create(ID);
        records.recordSupervisor(ID, new ProcessIdentity(77, 1));
        end(records);
        records.markDestroyed(ID);
        Files.writeString(records.logOf(ID), "trouble");

        records.remove(ID);

        try (Stream<Path> left = Files.list(temporary.resolve("state"))) {
            assertThat(left).isEmpty();
        }
    }

    /** One program tells the end and removes the record while another, which destroyed the container, marks it. */
    @Test
    void remove_markedMeanwhile_isNoFailure() throws Exception {
        for (int i = 0; i < 500; i++) {
            records.create(ID);
            CompletableFuture<Void> marking = CompletableFuture.runAsync(this::mark);
            records.remove(ID);
            marking.get();
            assertThat(records.contains(ID)).isFalse();
        }
    }

    private void mark() {
        try {
            records.markDestroyed(ID);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
