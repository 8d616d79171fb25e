package org.corral.containerizer.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.corral.core.ContainerId;
import org.corral.core.TerminationReason;
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
    void claim_first_makesDirectoriesForTheOwnerAlone() throws Exception {
        assertThat(store.claim(Checkpoints.of(ID))).isTrue();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(store.directoryOf(ID))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(corral)))
                .isEqualTo("rwx------");
    }

    @Test
    void claim_second_isFalse() throws Exception {
        store.claim(Checkpoints.of(ID));

        assertThat(store.claim(Checkpoints.of(ID))).isFalse();
        assertThat(new StateStore(corral.resolve("root")).claim(Checkpoints.of(ID)))
                .isFalse();
    }

    @Test
    void claim_twoStoresAtOnce_oneWins() throws Exception {
        ExecutorService agents = Executors.newFixedThreadPool(2);
        for (int i = 0; i < 50; i++) {
            ContainerId id = ContainerId.of("c" + i);
            CountDownLatch start = new CountDownLatch(1);
            Future<Boolean> one = agents.submit(() -> claimAfter(start, id));
            Future<Boolean> other = agents.submit(() -> claimAfter(start, id));
            start.countDown();

            assertThat(one.get() ^ other.get()).isTrue();
        }
        agents.shutdown();
    }

    /** As in {@code /tmp}, where somebody may have made it before and put there whatever he likes. */
    @Test
    void find_directoryThatOthersMayWriteTo_isRefusedWithTheRemedy() throws Exception {
        store.claim(Checkpoints.of(ID));
        Files.setPosixFilePermissions(store.directory(), PosixFilePermissions.fromString("rwxrwxrwx"));

        assertRefused(() -> store.find(ID));
        assertRefused(() -> store.wish(ID));
        assertRefused(() -> store.list());
        assertRefused(() -> store.ids());
        assertRefused(() -> store.damaged());
    }

    @Test
    void find_aboveItOthersMayWrite_isRefused() throws Exception {
        store.claim(Checkpoints.of(ID));
        Files.setPosixFilePermissions(corral, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> store.find(ID)).hasMessageContaining("may write to " + corral);
    }

    private static void assertRefused(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("others", "as the user whose containers they are", "CORRAL_RUNTIME_DIR");
    }

    private boolean claimAfter(CountDownLatch start, ContainerId id) throws Exception {
        start.await();
        return new StateStore(corral.resolve("root")).claim(Checkpoints.of(id));
    }

    @Test
    void claim_whileAnotherAgentRemovesItsLast_works() throws Exception {
        ExecutorService agents = Executors.newFixedThreadPool(2);
        Future<?> one = agents.submit(() -> claimAndRemove(ID));
        Future<?> other = agents.submit(() -> claimAndRemove(OTHER));
        one.get();
        other.get();
        agents.shutdown();

        assertThat(store.list()).isEmpty();
    }

    private Void claimAndRemove(ContainerId id) throws IOException {
        for (int i = 0; i < 200; i++) {
            assertThat(store.claim(Checkpoints.of(id))).isTrue();
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
        store.claim(Checkpoints.of(ID));
        store.save(Checkpoints.of(ID).withWish(TerminationReason.DESTROYED));

        assertThat(store.find(ID)).contains(Checkpoints.of(ID).withWish(TerminationReason.DESTROYED));
        assertThat(store.find(OTHER)).isEmpty();
    }

    @Test
    void ids_claimedAndOthers_areThoseOfTopLevelContainers() throws Exception {
        assertThat(store.ids()).isEmpty();
        store.claim(Checkpoints.of(ID));
        store.claim(Checkpoints.of(OTHER));
        store.claim(Checkpoints.of(ID.child("b")));
        Files.createDirectory(store.directory().resolve("not an id"));
        Files.createFile(store.directory().resolve("c"));

        assertThat(store.ids()).containsExactlyInAnyOrder(ID, OTHER);
    }

    @Test
    void list_noStore_isEmpty() throws Exception {
        assertThat(store.list()).isEmpty();
    }

    @Test
    void list_unreadableAndHalfMadeOnes_areLeftWhereTheyAre() throws Exception {
        store.claim(Checkpoints.of(ID));
        store.save(Checkpoints.of(ID));
        store.claim(Checkpoints.of(OTHER));
        Files.writeString(store.directoryOf(OTHER).resolve(CheckpointFile.NAME), "{");
        Files.createDirectory(corral.resolve("root/empty"));
        Files.createFile(corral.resolve("root/stray"));

        assertThat(store.list()).containsExactly(Checkpoints.of(ID));
        assertThat(store.directoryOf(OTHER)).isNotEmptyDirectory();
    }

    @Test
    void remove_last_removesTheStoreToo() throws Exception {
        store.claim(Checkpoints.of(ID));
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
        store.claim(Checkpoints.of(ID));
        store.claim(Checkpoints.of(OTHER));

        store.remove(ID);

        assertThat(store.directoryOf(OTHER)).exists();
    }

    @Test
    void remove_twiceAndUnknown_doNothing() throws Exception {
        store.claim(Checkpoints.of(ID));
        store.remove(ID);
        store.remove(ID);
        store.remove(OTHER);

        assertThat(corral).doesNotExist();
    }

    @Test
    void remove_strangersFile_isKeptAndSaidSo() throws Exception {
        store.claim(Checkpoints.of(ID));
        Path stranger = Files.createFile(store.directoryOf(ID).resolve("notes"));

        assertThatThrownBy(() -> store.remove(ID)).isInstanceOf(IOException.class);
        assertThat(stranger).exists();
    }

    @Test
    void claim_first_isThereWithItsCheckpoint() throws Exception {
        store.claim(Checkpoints.of(ID));

        assertThat(store.find(ID)).contains(Checkpoints.of(ID));
        assertThat(names()).containsExactly("a");
    }

    @Test
    void claim_taken_leavesNothingAndTheOtherAsItWas() throws Exception {
        store.claim(Checkpoints.of(ID));

        assertThat(store.claim(Checkpoints.of(ID, "boot-2"))).isFalse();

        assertThat(store.find(ID)).contains(Checkpoints.of(ID));
        assertThat(names()).containsExactly("a");
    }

    @Test
    void claim_emptyDirectoryOfAnEarlierRelease_isTaken() throws Exception {
        store.claim(Checkpoints.of(OTHER));
        Files.createDirectory(store.directoryOf(ID));

        assertThat(store.claim(Checkpoints.of(ID))).isFalse();
        assertThat(store.damaged()).containsExactly(store.directoryOf(ID));
        assertThat(store.setAside(store.directoryOf(ID))).isEmpty();
        assertThat(store.claim(Checkpoints.of(ID))).isTrue();
    }

    @Test
    void damaged_tornFilesAndNone_otherReleasesAreNotAmongThem() throws Exception {
        store.claim(Checkpoints.of(OTHER));
        Path torn = damage("torn", "{\"version\":1,");
        Path empty = damage("empty", "");
        Path incomplete = damage("incomplete", "{\"version\":1}");
        Path unversioned = damage("unversioned", "{}");
        damage("newer", "{\"version\":2}");

        assertThat(store.damaged()).containsExactlyInAnyOrder(torn, empty, incomplete, unversioned);
        assertThat(store.list()).containsExactly(Checkpoints.of(OTHER));
    }

    @Test
    void damaged_unreadableNow_isNotAmongThem() throws Exception {
        store.claim(Checkpoints.of(OTHER));
        Files.createDirectories(corral.resolve("root/x").resolve(CheckpointFile.NAME)); // EISDIR

        assertThat(store.damaged()).isEmpty();
    }

    @Test
    void setAside_damaged_isKeptAndTheIdFree() throws Exception {
        store.claim(Checkpoints.of(OTHER));
        Path torn = damage("a", "{");

        Path aside = store.setAside(torn).orElseThrow();

        assertThat(aside.resolve(CheckpointFile.NAME)).hasContent("{");
        assertThat(store.claim(Checkpoints.of(ID))).isTrue();
        assertThat(store.list()).hasSize(2);
        assertThat(store.damaged()).isEmpty();
    }

    private Path damage(String id, String content) throws IOException {
        Path directory = Files.createDirectory(store.directoryOf(ContainerId.of(id)));
        Files.writeString(directory.resolve(CheckpointFile.NAME), content);
        return directory;
    }

    @Test
    void sweep_claimAndRemovalCutShort_areRemovedAndNothingElse() throws Exception {
        store.claim(Checkpoints.of(ID));
        Path prepared = Files.createDirectory(corral.resolve("root/.new123"));
        Files.createFile(prepared.resolve("state.json45.new"));
        Path removed = Files.createDirectory(corral.resolve("root/.old1-2"));
        Files.createFile(removed.resolve(CheckpointFile.NAME));
        Files.createDirectory(corral.resolve("root/.unreadable-b-1"));

        store.sweep();

        assertThat(names()).containsExactlyInAnyOrder("a", ".unreadable-b-1");
        assertThat(store.find(ID)).isPresent();
    }

    @Test
    void takeOver_ownerDiedWhileItWrote_halfWrittenFileIsRemoved() throws Exception {
        store.claim(Checkpoints.of(ID));
        Files.createFile(store.directoryOf(ID).resolve("state.json4711.new"));

        store.takeOver(ID, new ProcessIdentity(7, 8));

        assertThat(store.directoryOf(ID)).isDirectoryNotContaining("glob:**.new");
        assertThat(store.find(ID)).contains(Checkpoints.of(ID).withOwner(new ProcessIdentity(7, 8)));
    }

    @Test
    void sweep_nothing_doesNothing() throws Exception {
        store.sweep();
        store.claim(Checkpoints.of(ID));
        store.sweep();

        assertThat(store.find(ID)).isPresent();
    }

    @Test
    void sweep_whileOthersClaim_everyClaimHoldsWithItsCheckpoint() throws Exception {
        ExecutorService agents = Executors.newFixedThreadPool(2);
        Future<?> claims = agents.submit(() -> claimMany());
        while (!claims.isDone()) {
            store.sweep();
            assertThat(store.damaged()).isEmpty();
        }
        claims.get();
        agents.shutdown();

        assertThat(store.list()).hasSize(300);
        assertThat(names()).hasSize(300);
    }

    private Void claimMany() throws IOException {
        for (int i = 0; i < 300; i++) {
            assertThat(store.claim(Checkpoints.of(ContainerId.of("c" + i)))).isTrue();
        }
        return null;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(corral.resolve("root"))) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }
}
