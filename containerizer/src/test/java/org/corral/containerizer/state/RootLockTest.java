package org.corral.containerizer.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.corral.core.ContainerId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootLockTest {

    @TempDir
    Path directory;

    private Path store;

    @BeforeEach
    void chooseStore() {
        store = directory.resolve("corral").resolve("root");
    }

    @Test
    void take_free_makesThePrivateFileAndNamesTheHolder() throws Exception {
        try (RootLock held = RootLock.take(store)) {
            assertThat(held).isNotNull();
            Path file = store.resolve(".lock");
            assertThat(file)
                    .content()
                    .contains(Long.toString(ProcessHandle.current().pid()));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void take_heldByThisProcess_isRefusedAndStaysHeld() throws Exception {
        try (RootLock held = RootLock.take(store)) {
            assertThat(held).isNotNull();
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(RootLockedException.class)
                        .isThrownBy(() -> RootLock.take(store))
                        .withMessageContaining("this very process is the agent of this root already")
                        .withMessageContaining(store.resolve(".lock").toString())
                        .withMessageContaining("another root");
            }
            assertThat(isLockedForOthers()).isTrue();
        }
    }

    /** As the kernel lists it: /proc/locks (proc(5)). */
    private boolean isLockedForOthers() throws IOException {
        String inode = ":" + Files.getAttribute(store.resolve(".lock"), "unix:ino") + " ";
        return Files.readString(Path.of("/proc/locks")).lines().anyMatch(line -> line.contains(inode));
    }

    @Test
    void close_held_leavesNothingAndTheNextGetsIt() throws Exception {
        RootLock held = RootLock.take(store);
        held.close();
        held.close();

        assertThat(directory).isEmptyDirectory();
        RootLock.take(store).close();
    }

    @Test
    void close_containersAreThere_leavesThem() throws Exception {
        StateStore containers = new StateStore(store);
        RootLock held = RootLock.take(store);
        containers.claim(Checkpoints.of(ContainerId.of("a")));
        held.close();

        assertThat(store.resolve(".lock")).doesNotExist();
        assertThat(containers.list()).hasSize(1);
    }

    @Test
    void take_fileOfADeadAgent_isTaken() throws Exception {
        RuntimeDirectory.makePrivate(store);
        Files.writeString(store.resolve(".lock"), "4711 and much more than this one writes\n");

        try (RootLock held = RootLock.take(store)) {
            assertThat(held).isNotNull();
            assertThat(store.resolve(".lock"))
                    .hasContent(ProcessHandle.current().pid() + "\n");
        }
    }

    @Test
    void take_otherRoot_isIndependent() throws Exception {
        try (RootLock one = RootLock.take(store);
                RootLock other = RootLock.take(store.resolveSibling("other"))) {
            assertThat(one).isNotSameAs(other);
        }
    }

    @Test
    void take_directoryInTheWay_isTold() throws Exception {
        RuntimeDirectory.makePrivate(store);
        Files.createDirectory(store.resolve(".lock"));

        assertThatIOException().isThrownBy(() -> RootLock.take(store)).withMessageContaining(".lock");
        Files.delete(store.resolve(".lock"));
        RootLock.take(store).close();
    }

    @Test
    void take_othersComeAndGo_isHeldByOneAtATime() throws Exception {
        ExecutorService agents = Executors.newFixedThreadPool(2);
        int[] holders = new int[1];
        Future<?> one = agents.submit(() -> takeOften(holders));
        Future<?> other = agents.submit(() -> takeOften(holders));
        one.get();
        other.get();
        agents.shutdown();

        assertThat(directory).isEmptyDirectory();
    }

    private Void takeOften(int[] holders) throws IOException {
        for (int taken = 0; taken < 100; ) {
            try (RootLock held = RootLock.take(store)) {
                assertThat(held).isNotNull();
                assertThat(++holders[0]).isEqualTo(1);
                holders[0]--;
                taken++;
            } catch (RootLockedException e) {
                Thread.onSpinWait();
            }
        }
        return null;
    }

    @Test
    void lock_ofAStore_isHeldUntilUnlocked() throws Exception {
        StateStore one = new StateStore(store);
        assertThat(one.lock()).isTrue();
        assertThat(one.lock()).isFalse();
        assertThatExceptionOfType(RootLockedException.class).isThrownBy(() -> new StateStore(store).lock());
        one.unlock();
        one.unlock();

        assertThat(directory).isEmptyDirectory();
    }
}
