package org.corral.containerizer.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedPathTest {

    private static final int SOMEBODY = 65534;

    @TempDir
    Path temporary;

    private Path own;

    @BeforeEach
    void makeDirectory() throws IOException {
        own = Files.createDirectory(temporary.resolve("own"));
    }

    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    private static void giveAway(Path file) throws IOException {
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid"))
                .as("root alone can")
                .isEqualTo(0);
        Files.setAttribute(file, "unix:uid", SOMEBODY, LinkOption.NOFOLLOW_LINKS);
    }

    @Test
    void weakness_ownDirectories_none() throws Exception {
        assertThat(TrustedPath.weakness(own)).isEmpty();
        assertThat(TrustedPath.weakness(own.resolve("missing/too"))).isEmpty();
    }

    @Test
    void weakness_systemsFilesAndLinks_none() throws Exception {
        assertThat(TrustedPath.weakness(Path.of("/dev/null"))).isEmpty();
        assertThat(TrustedPath.weakness(Path.of("/proc/self/fd/0"))).isEmpty();
        assertThat(TrustedPath.weakness(Path.of("/"))).isEmpty();
    }

    @Test
    void weakness_relativePath_thatOfTheWorkingDirectory() throws Exception {
        assertThat(TrustedPath.weakness(Path.of("pom.xml")))
                .isEqualTo(TrustedPath.weakness(Path.of("pom.xml").toAbsolutePath()));
    }

    @Test
    void weakness_directoryThatOthersMayWriteTo_isTold() throws Exception {
        open(own);

        assertThat(TrustedPath.weakness(own.resolve("file"))).contains(own);
        assertThat(TrustedPath.weakness(own.resolve("missing/file"))).contains(own);
    }

    /** Who may write to the last is for others to ask. */
    @Test
    void weakness_lastElementThatOthersMayWriteTo_none() throws Exception {
        open(own);

        assertThat(TrustedPath.weakness(own)).isEmpty();
    }

    @Test
    void weakness_stickyDirectory_none() throws Exception {
        assertThat(TrustedPath.weakness(Path.of("/tmp/corral-missing"))).isEmpty();
    }

    @Test
    void weakness_linkToAnOpenDirectory_isTold() throws Exception {
        open(own);
        Path link = Files.createSymbolicLink(temporary.resolve("link"), own);

        assertThat(TrustedPath.weakness(link.resolve("file"))).contains(own);
    }

    @Test
    void weakness_wayOutOfAnOpenDirectory_isTold() throws Exception {
        open(own);

        assertThat(TrustedPath.weakness(own.resolve("../file"))).contains(own);
    }

    @Test
    void weakness_relativeLink_isFollowedFromItsDirectory() throws Exception {
        open(own);
        Path link = Files.createSymbolicLink(temporary.resolve("link"), Path.of("own", "missing"));

        assertThat(TrustedPath.weakness(link)).contains(own);
    }

    @Test
    void weakness_linksInACircle_failure() throws Exception {
        Path link = temporary.resolve("link");
        Files.createSymbolicLink(link, link);

        assertThatExceptionOfType(FileSystemLoopException.class).isThrownBy(() -> TrustedPath.weakness(link));
    }

    @Test
    void weakness_directoryOfAnotherUser_isTold() throws Exception {
        giveAway(own);

        assertThat(TrustedPath.weakness(own.resolve("file"))).contains(own);
    }

    /** The link alone is another's: what it leads to is ours, and well kept. */
    @Test
    void weakness_linkOfAnotherUser_isTold() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), own);
        giveAway(link);

        assertThat(TrustedPath.weakness(link.resolve("file"))).contains(link);
    }
}
