package org.corral.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.Constants;
import org.corral.linux.raw.SpawnPlan.Action;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GateTest {

    @TempDir
    Path directory;

    private final FaultyLinux kernel = new FaultyLinux();
    private final Linux linux = kernel.linux();

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void create_newDirectory_makesAFifoForTheOwnerAlone() throws Exception {
        Gate.create(linux, directory);

        Path fifo = directory.resolve("gate");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fifo)))
                .isEqualTo("rw-------");
        assertThat(Files.readAttributes(fifo, BasicFileAttributes.class).isOther())
                .isTrue();
    }

    @Test
    void create_secondOne_isRefused() throws Exception {
        Gate.create(linux, directory);

        assertThatThrownBy(() -> Gate.create(linux, directory))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining("EEXIST");
    }

    @Test
    void allow_newGate_makesGoForTheOwnerAlone() throws Exception {
        Gate.create(linux, directory).allow();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("go"))))
                .isEqualTo("rw-------");
    }

    @Test
    void childActions_openTheFifoThenGo() throws Exception {
        assertThat(Gate.create(linux, directory).childActions())
                .extracting(action -> ((Action.Open) action).path())
                .containsExactly(
                        directory.resolve("gate").toString(),
                        directory.resolve("go").toString());
    }

    @Test
    void tryOpen_nobodyWaits_isFalse() throws Exception {
        assertThat(Gate.create(linux, directory).tryOpen()).isFalse();
    }

    @Test
    void tryOpen_removedGate_isFalse() throws Exception {
        Gate gate = Gate.create(linux, directory);
        gate.remove();

        assertThat(gate.tryOpen()).isFalse();
    }

    @Test
    void tryOpen_somebodyWaits_isTrue() throws Exception {
        Gate gate = Gate.create(linux, directory);
        String fifo = directory.resolve("gate").toString();
        int reader = linux.files().open(fifo, Constants.O_RDONLY | Constants.O_NONBLOCK, 0);
        try (Fd waiting = new Fd(linux.files(), reader, fifo)) {
            assertThat(gate.tryOpen()).as("reader %s", waiting).isTrue();
        }
    }

    @Test
    void tryOpen_noDescriptorLeft_throws() throws Exception {
        Gate gate = Gate.create(linux, directory);
        kernel.fail("open", Errno.EMFILE);

        assertThatThrownBy(gate::tryOpen).isInstanceOf(ErrnoException.class).hasMessageContaining("EMFILE");
    }

    @Test
    void forbid_afterAllow_takesItBack() throws Exception {
        Gate gate = Gate.create(linux, directory);
        gate.allow();

        gate.forbid();
        gate.forbid();

        assertThat(directory.resolve("go")).doesNotExist();
    }

    @Test
    void allow_goIsThereAlready_isRefused() throws Exception {
        Gate gate = Gate.create(linux, directory);
        gate.allow();

        assertThatThrownBy(gate::allow).isInstanceOf(IOException.class);
    }

    @Test
    void remove_twice_leavesNothing() throws Exception {
        Gate gate = Gate.create(linux, directory);
        gate.allow();

        gate.remove();
        gate.remove();

        assertThat(directory).isEmptyDirectory();
    }
}
