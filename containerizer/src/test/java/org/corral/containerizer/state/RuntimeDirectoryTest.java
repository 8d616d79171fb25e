package org.corral.containerizer.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuntimeDirectoryTest {

    @TempDir
    Path directory;

    @Test
    void of_root_isInRun() {
        assertThat(RuntimeDirectory.of(0, Map.of())).isEqualTo(Path.of("/run/corral"));
        assertThat(RuntimeDirectory.of(0, Map.of("XDG_RUNTIME_DIR", directory.toString())))
                .isEqualTo(Path.of("/run/corral"));
    }

    @Test
    void of_user_isInTheSessionsDirectory() {
        assertThat(RuntimeDirectory.of(1000, Map.of("XDG_RUNTIME_DIR", directory.toString())))
                .isEqualTo(directory.resolve("corral"));
    }

    @Test
    void of_userWithoutSession_isInTmpByNumber() {
        assertThat(RuntimeDirectory.of(1000, Map.of())).isEqualTo(Path.of("/tmp/corral-1000"));
        assertThat(RuntimeDirectory.of(1000, Map.of("XDG_RUNTIME_DIR", "/absent")))
                .isEqualTo(Path.of("/tmp/corral-1000"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1000})
    void of_variable_wins(int uid) {
        assertThat(RuntimeDirectory.of(uid, Map.of("CORRAL_RUNTIME_DIR", "/x/y")))
                .isEqualTo(Path.of("/x/y"));
        assertThat(RuntimeDirectory.of(0, Map.of("CORRAL_RUNTIME_DIR", ""))).isEqualTo(Path.of("/run/corral"));
    }

    private Path existing(String mode) throws IOException {
        Path made = Files.createDirectory(directory.resolve("corral"));
        return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString(mode));
    }

    @Test
    void makePrivate_missing_isMadeWithThoseAbove() throws Exception {
        RuntimeDirectory.makePrivate(directory.resolve("a/b"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("a/b"))))
                .isEqualTo("rwx------");
    }

    @Test
    void makePrivate_ownPrivateOne_isTaken() throws Exception {
        Path own = existing("rwx------");

        RuntimeDirectory.makePrivate(own);

        assertThat(own).isDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwxrwx", "rwxr-xr-x", "rwx--x---", "rwx---r--"})
    void makePrivate_openToOthers_isRefusedWithTheRemedy(String mode) throws Exception {
        Path open = existing(mode);

        assertThatThrownBy(() -> RuntimeDirectory.makePrivate(open))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(open.toString(), mode, "CORRAL_RUNTIME_DIR");
    }

    @Test
    void makePrivate_symbolicLink_isRefused(@TempDir Path elsewhere) throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("corral"), elsewhere);

        assertThatThrownBy(() -> RuntimeDirectory.makePrivate(link)).isInstanceOf(IOException.class);
    }

    @Test
    void makePrivate_file_isRefused() throws Exception {
        Path file = Files.createFile(directory.resolve("corral"));

        assertThatThrownBy(() -> RuntimeDirectory.makePrivate(file)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/1", "/usr"})
    void makePrivate_openSystemDirectory_isRefused(String path) {
        assertThatThrownBy(() -> RuntimeDirectory.makePrivate(Path.of(path))).isInstanceOf(IOException.class);
    }

    @Test
    void makePrivate_aboveItOthersMayWrite_isRefused() throws Exception {
        Path own = existing("rwx------");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> RuntimeDirectory.makePrivate(own))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("may write to " + directory);
    }

    @Test
    void makePrivate_behindADirectoryThatOthersMayWriteTo_isRefusedAndNotMade() throws Exception {
        Path open = existing("rwxrwxrwx");

        assertThatThrownBy(() -> RuntimeDirectory.makePrivate(open.resolve("a/b")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("may write to " + open);

        assertThat(open).isEmptyDirectory();
    }

    @Test
    void requireOwn_missing_isNotThere() throws Exception {
        assertThat(RuntimeDirectory.requireOwn(directory.resolve("missing"))).isFalse();
        assertThat(RuntimeDirectory.requireOwn(existing("rwxr-xr-x"))).isTrue();
    }

    @Test
    void makePrivate_inAStickyDirectory_isTaken() throws Exception {
        Path own = Files.createTempDirectory(Path.of("/tmp"), "corral-test");
        try {
            RuntimeDirectory.makePrivate(own);

            assertThat(own).isDirectory();
        } finally {
            Files.delete(own);
        }
    }

    @Test
    void removeIfEmpty_ours_removesItAndCorralsAboveIt() throws Exception {
        Path own = Files.createDirectories(directory.resolve("corral/root"));

        RuntimeDirectory.removeIfEmpty(own);

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void removeIfEmpty_aboveItAnothersDirectory_leavesThat() throws Exception {
        Path own = Files.createDirectories(directory.resolve("users/root"));

        RuntimeDirectory.removeIfEmpty(own);

        assertThat(directory.resolve("users")).isEmptyDirectory();
    }

    @Test
    void removeIfEmpty_used_isLeft() throws Exception {
        Path used = Files.createDirectories(directory.resolve("corral/root/container"));

        RuntimeDirectory.removeIfEmpty(directory.resolve("corral/root"));

        assertThat(used).exists();
    }
}
