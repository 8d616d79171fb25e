package org.corral.containerizer.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.TerminationReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several agents and terminals change one container's checkpoint. */
class CheckpointChangeTest {

    private static final ContainerId ID = ContainerId.of("a");
    private static final ContainerId OTHER = ContainerId.of("b");

    @TempDir
    Path directory;

    private Path corral;
    private StateStore store;

    @BeforeEach
    void makeStore() {
        corral = directory.resolve("corral");
        store = new StateStore(corral.resolve("root"));
    }

    private Checkpoint withOneMore(Checkpoint now) {
        return now.withResources(Resources.NONE.withPids(now.resources().pids().orElse(0) + 1));
    }

    @Test
    void change_twoAgentsAtOnce_noneIsLost() throws Exception {
        store.claim(Checkpoints.of(ID).withResources(Resources.NONE));
        ExecutorService agents = Executors.newFixedThreadPool(2);
        Future<?> one = agents.submit(() -> changeMany());
        Future<?> other = agents.submit(() -> changeMany());
        one.get();
        other.get();
        agents.shutdown();

        assertThat(store.find(ID).orElseThrow().resources().pids()).hasValue(200);
        store.remove(ID);
        assertThat(directory).isEmptyDirectory();
    }

    private Void changeMany() throws IOException {
        StateStore own = new StateStore(corral.resolve("root"));
        for (int i = 0; i < 100; i++) {
            assertThat(own.change(ID, now -> Optional.of(withOneMore(now)))).isTrue();
        }
        return null;
    }

    @Test
    void change_none_isNotWritten() throws Exception {
        store.claim(Checkpoints.of(ID));

        assertThat(store.change(ID, now -> Optional.empty())).isFalse();
        assertThat(store.change(OTHER, now -> Optional.of(now))).as("gone").isFalse();
        assertThat(store.changeAtOnce(OTHER, now -> Optional.of(now)))
                .as("gone")
                .isFalse();

        assertThat(store.find(ID)).contains(Checkpoints.of(ID));
        assertThat(store.directoryOf(OTHER)).doesNotExist();
    }

    @Test
    void change_fails_isToldAndTheNextMay() throws Exception {
        store.claim(Checkpoints.of(ID));

        assertThatThrownBy(() -> store.change(ID, now -> {
                    throw new IOException("EINVAL");
                }))
                .hasMessage("EINVAL");

        assertThat(store.change(ID, now -> Optional.of(withOneMore(now)))).isTrue();
    }

    @Test
    void change_containerEndsMeanwhile_isNotWritten() throws Exception {
        store.claim(Checkpoints.of(ID));

        assertThat(store.change(ID, now -> {
                    store.remove(ID);
                    return Optional.of(now);
                }))
                .isFalse();

        assertThat(directory).isEmptyDirectory();
    }

    /** As by an agent that was stopped in the middle of it. */
    @Test
    void changeAtOnce_anotherDoesNotComeToAnEnd_isWritten() throws Exception {
        store.claim(Checkpoints.of(ID));

        try (CheckpointLock stopped =
                CheckpointLock.take(store.directoryOf(ID), Duration.ZERO).orElseThrow()) {
            assertThat(stopped).isNotNull();
            assertThatThrownBy(() -> CheckpointLock.take(store.directoryOf(ID), Duration.ofMillis(1)))
                    .isInstanceOf(CheckpointHeldException.class)
                    .hasMessageContaining(store.directoryOf(ID).toString());
            assertThat(store.changeAtOnce(ID, now -> Optional.of(now.withWish(TerminationReason.TIMEOUT))))
                    .isTrue();
        }

        assertThat(store.wish(ID)).contains(TerminationReason.TIMEOUT);
    }

    @Test
    void change_heldInAnotherClassLoader_isRefusedAndStaysHeld() throws Exception {
        store.claim(Checkpoints.of(ID));
        Path file = store.directoryOf(ID).resolve(CheckpointLock.NAME);
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = other.lock()) {
            assertThatThrownBy(() -> store.change(ID, Optional::of)).isInstanceOf(CheckpointHeldException.class);
            assertThat(lock.isValid()).isTrue();
        }
        assertThat(store.change(ID, Optional::of)).isTrue();
    }
}
