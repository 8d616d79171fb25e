package org.corral.linux.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.corral.core.ExitStatus;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JnrTreeCallsTest {

    private static final int NO_FD = 999_999;

    @TempDir
    Path directory;

    private final TreeCalls calls = TreeCalls.ofThisHost();
    private final FileCalls files = new JnrFileCalls();

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, EntryStatus> entries() throws ErrnoException {
        Map<String, EntryStatus> found = new HashMap<>();
        int fd = calls.open(directory.toString());
        calls.visit(fd, (name, status) -> found.put(new String(name, StandardCharsets.ISO_8859_1), status));
        calls.close(fd);
        return found;
    }

    @Test
    void visit_entries_asJavaReadsThem() throws Exception {
        Path file = Files.write(directory.resolve("file"), new byte[10_000]);
        Files.createLink(directory.resolve("second"), file);
        Files.createDirectory(directory.resolve("folder"));
        Files.createSymbolicLink(directory.resolve("link"), directory);

        Map<String, EntryStatus> found = entries();

        assertThat(found).containsOnlyKeys("file", "second", "folder", "link");
        EntryStatus status = Objects.requireNonNull(found.get("file"));
        EntryStatus folder = Objects.requireNonNull(found.get("folder"));
        assertThat(status.inode()).isEqualTo(Files.getAttribute(file, "unix:ino"));
        assertThat(status.mode()).isEqualTo(Files.getAttribute(file, "unix:mode"));
        assertThat(status.links()).isEqualTo(2);
        assertThat(status.blocks()).isBetween(20L, 256L);
        assertThat(status.device()).isEqualTo(folder.device());
        assertThat(folder.isDirectory()).isTrue();
        assertThat(Objects.requireNonNull(found.get("link")).isDirectory()).isFalse();
    }

    @Test
    void visit_moreEntriesThanOneReadGives_areAllThere() throws Exception {
        for (int i = 0; i < 2000; i++) {
            Files.createFile(directory.resolve("a file with a name that is not short " + i));
        }
        assertThat(entries()).hasSize(2000);
    }

    /** Java itself makes no such name, whatever its locale; a shell does. */
    @Test
    void visit_nameThatIsNoText_isGivenAsItIsAndOpens() throws Exception {
        String script = "mkdir \"$(printf 'x\\377')\"";
        assertThat(Children.run(Children.plan(List.of(), "/bin/sh", "-c", "cd " + directory + " && " + script)))
                .isEqualTo(new ExitStatus.Exited(0));
        int fd = calls.open(directory.toString());
        List<byte[]> names = new ArrayList<>();
        calls.visit(fd, (name, status) -> names.add(name));

        assertThat(names).containsExactly(new byte[] {'x', (byte) 0xff});
        calls.close(calls.openBelow(fd, names.get(0)));
        calls.close(fd);
        assertThat(Children.run(Children.plan(List.of(), "/bin/sh", "-c", "rmdir " + directory + "/*")))
                .isEqualTo(new ExitStatus.Exited(0));
    }

    @Test
    void status_openDirectory_isItself() throws Exception {
        int fd = calls.open(directory.toString());
        assertThat(calls.status(fd).inode()).isEqualTo(Files.getAttribute(directory, "unix:ino"));
        assertThat(calls.status(fd).isDirectory()).isTrue();
        calls.close(fd);
    }

    @Test
    void openBelow_linkOrFile_enotdir() throws Exception {
        Files.createSymbolicLink(directory.resolve("link"), Files.createDirectory(directory.resolve("folder")));
        Files.createFile(directory.resolve("file"));
        int fd = calls.open(directory.toString());

        int below = calls.openBelow(fd, bytes("folder"));
        assertThat(below).isPositive();
        calls.close(below);
        assertFails(() -> calls.openBelow(fd, bytes("link")), Errno.ENOTDIR);
        assertFails(() -> calls.openBelow(fd, bytes("file")), Errno.ENOTDIR);
        assertFails(() -> calls.openBelow(fd, bytes("none")), Errno.ENOENT);
        files.close(fd);
    }

    @Test
    void everyCall_badDescriptor_ebadf() {
        assertFails(() -> calls.status(NO_FD), Errno.EBADF);
        assertFails(() -> calls.visit(NO_FD, (name, status) -> {}), Errno.EBADF);
        assertFails(() -> calls.close(NO_FD), Errno.EBADF);
        assertFails(() -> calls.open("/nonexistent"), Errno.ENOENT);
    }

    private static void assertFails(ThrowingCallable call, Errno errno) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ErrnoException.class, e -> assertThat(e.errno())
                .isEqualTo(errno));
    }
}
