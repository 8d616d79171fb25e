package org.corral.containerizer.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.corral.linux.raw.Constants.O_APPEND;
import static org.corral.linux.raw.Constants.O_CREAT;
import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.O_WRONLY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.corral.linux.process.Identity;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Streams in a directory where the user of the command can put links: root, who opens them, must not be led elsewhere. */
class ForeignOutputFilesTest {

    private static final int UID = 65534;
    private static final Identity USER = new Identity(UID, UID);

    @TempDir
    Path temporary;

    private final FaultyLinux kernel = new FaultyLinux();
    private Path users;
    private Path secret;

    @BeforeEach
    void prepare() throws IOException {
        assumeThat(kernel.linux().processes().effectiveUserId())
                .as("root alone can")
                .isZero();
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        users = give(Files.createDirectory(temporary.resolve("users")));
        secret = Files.createDirectory(temporary.resolve("secret"));
        Path key = Files.writeString(secret.resolve("key"), "root's");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }

    @AfterEach
    void nothingIsOpen() {
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    private static Path give(Path file) throws IOException {
        Files.setAttribute(file, "unix:uid", UID, LinkOption.NOFOLLOW_LINKS);
        return file;
    }

    private OutputFiles make(Action action) throws IOException {
        SpawnPlan plan = new SpawnPlan("/bin/true", List.of("true"), List.of(), List.of(action), false);
        return OutputFiles.make(kernel.linux(), plan, USER);
    }

    private static Action output(Path file) {
        return new Action.Open(1, file.toString(), O_WRONLY | O_APPEND | O_CREAT, 0644);
    }

    private static Action input(Path file) {
        return new Action.Open(0, file.toString(), O_RDONLY, 0);
    }

    private void assertRefused(Action action, Path weakness) {
        assertThatThrownBy(() -> make(action))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("may change " + weakness, "give the file to that user");
    }

    @Test
    void make_linkToAFileOfRoots_isRefusedForOutputAndInput() throws Exception {
        Path link = give(Files.createSymbolicLink(users.resolve("out"), secret.resolve("key")));

        assertRefused(output(link), users);
        assertRefused(input(link), users);
    }

    @Test
    void make_linkToADirectoryOfRoots_nothingIsMadeThere() throws Exception {
        give(Files.createSymbolicLink(users.resolve("logs"), secret));

        assertRefused(output(users.resolve("logs/new")), users);

        assertThat(secret.resolve("new")).doesNotExist();
    }

    @Test
    void make_rootsFileInTheUsersDirectory_isRefused() throws Exception {
        Path file = Files.writeString(users.resolve("out"), "root's");

        assertRefused(output(file), users);
    }

    /** It may be exchanged for a link while the child waits at its gate. */
    @Test
    void make_usersFile_isOpenedAtOnce() throws Exception {
        Path file = give(Files.writeString(users.resolve("out"), "before"));

        OutputFiles files = make(output(file));

        Action step = files.plan().actions().get(0);
        assertThat(step).isInstanceOf(Action.Duplicate.class);
        assertThat(Path.of("/proc/self/fd", String.valueOf(((Action.Duplicate) step).fd())))
                .satisfies(open -> assertThat(Files.readSymbolicLink(open)).isEqualTo(file));
        files.remove();
        assertThat(file).hasContent("before");
    }

    @Test
    void make_fifoInTheUsersDirectory_isRefused() throws Exception {
        Path fifo = users.resolve("fifo");
        kernel.linux().files().makeFifo(fifo.toString(), 0666);

        assertRefused(output(give(fifo)), users);
    }

    @Test
    void make_rootsFileInADirectoryOfRoots_isOpenedByTheChild() throws Exception {
        Path file = secret.resolve("key");

        OutputFiles files = make(output(file));

        assertThat(files.plan().actions())
                .containsExactly(new Action.Open(1, file.toString(), O_WRONLY | O_APPEND, 0644));
        files.keep();
    }

    @Test
    void make_linkOfRootsToTheUsersFile_isOpenedAtOnce() throws Exception {
        Path file = give(Files.createFile(users.resolve("out")));
        Path link = Files.createSymbolicLink(secret.resolve("link"), file);

        OutputFiles files = make(output(link));

        assertThat(files.plan().actions()).singleElement().isInstanceOf(Action.Duplicate.class);
        files.keep();
    }
}
