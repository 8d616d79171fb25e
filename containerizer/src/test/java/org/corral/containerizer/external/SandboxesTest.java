package org.corral.containerizer.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxesTest {

    private static final int UID = 65534;
    private static final Optional<String> USER = Optional.of(String.valueOf(UID));

    @TempDir
    Path temporary;

    private final FaultyLinux kernel = new FaultyLinux();
    private final Sandboxes sandboxes = new Sandboxes(kernel.linux());
    private Path sandbox;

    @BeforeEach
    void makeSandbox() throws IOException {
        assumeThat(kernel.linux().processes().effectiveUserId())
                .as("root alone can")
                .isZero();
        sandbox = Files.createDirectory(temporary.resolve("sandbox"));
    }

    @AfterEach
    void nothingIsOpen() {
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    private static Object owner(Path file) throws IOException {
        return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void prepare_user_ownsDirectoryAndStandardError() throws Exception {
        sandboxes.prepare(Optional.of(sandbox), USER);

        assertThat(owner(sandbox)).isEqualTo(UID);
        assertThat(owner(sandbox.resolve("stderr"))).isEqualTo(UID);
    }

    /** Who has the sandbox already could make root's file his own else. */
    @Test
    void prepare_linkInThePlaceOfStandardError_whatItLeadsToIsNotGivenAway() throws Exception {
        Path roots = Files.createFile(temporary.resolve("roots"));
        Files.createSymbolicLink(sandbox.resolve("stderr"), roots);
        Path nowhere = temporary.resolve("nowhere");

        sandboxes.prepare(Optional.of(sandbox), USER);
        assertThat(owner(roots)).isEqualTo(0);

        Files.delete(sandbox.resolve("stderr"));
        Files.createSymbolicLink(sandbox.resolve("stderr"), nowhere);
        sandboxes.prepare(Optional.of(sandbox), USER);
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void prepare_noUser_leavesAllAsItIs() throws Exception {
        sandboxes.prepare(Optional.of(sandbox), Optional.empty());

        assertThat(owner(sandbox)).isEqualTo(0);
        assertThat(sandbox).isEmptyDirectory();
    }

    @Test
    void prepare_noSuchDirectory_isRefused() {
        assertThatThrownBy(() -> sandboxes.prepare(Optional.of(temporary.resolve("none")), USER))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none");
    }
}
