package org.corral.containerizer.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.corral.core.ContainerId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {

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

    @Test
    void create_first_makesDirectoriesForTheOwnerAlone() throws Exception {
        assertThat(store.create(ID)).isTrue();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.directoryOf(ID))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(corral)))
                .isEqualTo("rwx------");
    }

    @Test
    void create_second_isFalse() throws Exception {
        store.create(ID);

        assertThat(store.create(ID)).isFalse();
        assertThat(new StateStore(corral.resolve("root")).create(ID)).isFalse();
    }

    @Test
    void create_twoStoresAtOnce_oneWins() throws Exception {
        ExecutorService agents = Executors.newFixedThreadPool(2);
        for (int i = 0; i < 50; i++) {
            ContainerId id = ContainerId.of("c" + i);
            CountDownLatch start = new CountDownLatch(1);
            Future<Boolean> one = agents.submit(() -> createAfter(start, id));
            Future<Boolean> other = agents.submit(() -> createAfter(start, id));
            start.countDown();

            assertThat(one.get() ^ other.get()).isTrue();
        }
        agents.shutdown();
    }

    private boolean createAfter(CountDownLatch start, ContainerId id) throws Exception {
        start.await();
        return new StateStore(corral.resolve("root")).create(id);
    }

    @Test
    void create_whileAnotherAgentRemovesItsLast_works() throws Exception {
        ExecutorService agents = Executors.newFixedThreadPool(2);
        Future<?> one = agents.submit(() -> createAndRemove(ID));
        Future<?> other = agents.submit(() -> createAndRemove(OTHER));
        one.get();
        other.get();
        agents.shutdown();

        assertThat(store.list()).isEmpty();
    }

    private Void createAndRemove(ContainerId id) throws IOException {
        for (int i = 0; i < 200; i++) {
            assertThat(store.create(id)).isTrue();
            store.save(Checkpoints.of(id));
            store.remove(id);
        }
        return null;
    }

    @Test
    void directoryOf_nestedIds_doNotMeet() {
        assertThat(store.directoryOf(ID.child("b"))).isNotEqualTo(store.directoryOf(ContainerId.of("a.b")));
        assertThat(store.directoryOf(ID.child("b")).getParent()).isEqualTo(corral.resolve("root"));
    }

    @Test
    void find_saved_isReadBack() throws Exception {
        store.create(ID);
        store.save(Checkpoints.of(ID));

        assertThat(store.find(ID)).contains(Checkpoints.of(ID));
        assertThat(store.find(OTHER)).isEmpty();
    }

    @Test
    void list_noStore_isEmpty() throws Exception {
        assertThat(store.list()).isEmpty();
    }

    @Test
    void list_unreadableAndHalfMadeOnes_areLeftWhereTheyAre() throws Exception {
        store.create(ID);
        store.save(Checkpoints.of(ID));
        store.create(OTHER);
        Files.writeString(store.directoryOf(OTHER).resolve(CheckpointFile.NAME), "{");
        store.create(ContainerId.of("empty"));
        Files.createFile(corral.resolve("root/stray"));

        assertThat(store.list()).containsExactly(Checkpoints.of(ID));
        assertThat(store.directoryOf(OTHER)).isNotEmptyDirectory();
    }

    @Test
    void remove_last_removesTheStoreToo() throws Exception {
        store.create(ID);
        store.save(Checkpoints.of(ID));
        Files.createFile(store.directoryOf(ID).resolve("go"));
        Files.createFile(store.directoryOf(ID).resolve("gate"));
        Files.createFile(store.directoryOf(ID).resolve("state.json4711.new"));

        store.remove(ID);

        assertThat(corral).doesNotExist();
        assertThat(directory).exists();
    }

    @Test
    void remove_notTheLast_leavesTheOthers() throws Exception {
        store.create(ID);
        store.create(OTHER);

        store.remove(ID);

        assertThat(store.directoryOf(OTHER)).exists();
    }

    @Test
    void remove_twiceAndUnknown_doNothing() throws Exception {
        store.create(ID);
        store.remove(ID);
        store.remove(ID);
        store.remove(OTHER);

        assertThat(corral).doesNotExist();
    }

    @Test
    void remove_strangersFile_isKeptAndSaidSo() throws Exception {
        store.create(ID);
        Path stranger = Files.createFile(store.directoryOf(ID).resolve("notes"));

        assertThatThrownBy(() -> store.remove(ID)).isInstanceOf(IOException.class);
        assertThat(stranger).exists();
    }
}
