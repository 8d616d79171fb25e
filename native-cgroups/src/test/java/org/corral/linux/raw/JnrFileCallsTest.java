package org.corral.linux.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.corral.linux.raw.Constants.O_CREAT;
import static org.corral.linux.raw.Constants.O_DIRECTORY;
import static org.corral.linux.raw.Constants.O_NOFOLLOW;
import static org.corral.linux.raw.Constants.O_NONBLOCK;
import static org.corral.linux.raw.Constants.O_PATH;
import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.O_RDWR;
import static org.corral.linux.raw.Constants.O_WRONLY;
import static org.corral.linux.raw.Constants.RESOLVE_BENEATH;
import static org.corral.linux.raw.Constants.RESOLVE_NO_SYMLINKS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JnrFileCallsTest {

    private static final int NO_FD = 999_999;
    private static final int F_CLOEXEC = 02000000;

    private final FileCalls files = new JnrFileCalls();

    @TempDir
    private Path directory = Path.of("");

    private int dirFd;

    @BeforeEach
    void openDirectory() throws IOException {
        dirFd = files.open(directory.toString(), O_RDONLY | O_DIRECTORY, 0);
    }

    @AfterEach
    void closeDirectory() throws IOException {
        files.close(dirFd);
    }

    @Test
    void pipe_bothEnds_closeOnExecAndGoThrough() throws IOException {
        PipeEnds ends = files.pipe();

        assertThat(flagsOf(ends.read()) & F_CLOEXEC).isNotZero();
        assertThat(flagsOf(ends.write()) & F_CLOEXEC).isNotZero();
        assertThat(files.write(ends.write(), "data".getBytes(UTF_8))).isEqualTo(4);
        files.close(ends.write());
        byte[] buffer = new byte[10];
        assertThat(files.read(ends.read(), buffer, 0)).isEqualTo(4);
        assertThat(files.read(ends.read(), buffer, 4)).isZero();
        files.close(ends.read());
    }

    @Test
    void setNonBlocking_oneEndOfAPipe_otherGoesOnBlocking() throws IOException {
        PipeEnds ends = files.pipe();

        files.setNonBlocking(ends.read());

        assertThat(flagsOf(ends.read()) & O_NONBLOCK).isNotZero();
        assertThat(flagsOf(ends.write()) & O_NONBLOCK).isZero();
        assertFails(() -> files.read(ends.read(), new byte[1], 0), Errno.EAGAIN, "read(fd " + ends.read() + ")");
        files.close(ends.read());
        assertFails(() -> files.write(ends.write(), new byte[1]), Errno.EPIPE, "write(fd " + ends.write() + ")");
        files.close(ends.write());
        assertFails(() -> files.setNonBlocking(NO_FD), Errno.EBADF, "fcntl(fd " + NO_FD + ", F_GETFL)");
    }

    @Test
    void open_anyDescriptor_closesOnExec() throws IOException {
        assertThat(flagsOf(dirFd) & F_CLOEXEC).isNotZero();
        int at = files.openAt(dirFd, ".", O_RDONLY, 0);
        assertThat(flagsOf(at) & F_CLOEXEC).isNotZero();
        files.close(at);
        int at2 = files.openAt2(dirFd, ".", O_RDONLY, 0);
        assertThat(flagsOf(at2) & F_CLOEXEC).isNotZero();
        files.close(at2);
    }

    private static int flagsOf(int fd) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/fdinfo/" + fd)).stream()
                .filter(line -> line.startsWith("flags:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring("flags:".length()).strip(), 8))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void open_nothingThere_enoentWithThePath() {
        assertFails(() -> files.open(directory + "/none", O_RDONLY, 0), Errno.ENOENT, "open(" + directory + "/none)");
        assertFails(() -> files.openAt(dirFd, "none", O_RDONLY, 0), Errno.ENOENT, "openat(none)");
    }

    @Test
    void openAt_nameOutsideOfAscii_isUtf8() throws IOException {
        files.close(files.openAt(dirFd, "ü€😀", O_WRONLY | O_CREAT, 0600));
        files.makeDirectoryAt(dirFd, "ö", 0700);
        assertThat(files.directories(dirFd)).containsExactly("ö");
        byte[] listing = list();
        assertThat(new String(listing, UTF_8).lines()).containsExactlyInAnyOrder("ü€😀", "ö");
    }

    /** {@return the names as bytes, from a program that does not know the JVM's charset} */
    private byte[] list() throws IOException {
        return new ProcessBuilder("ls", "-N", directory.toString())
                .start()
                .getInputStream()
                .readAllBytes();
    }

    @Test
    void openAt_linkNotFollowed_eloop() throws IOException {
        Files.createSymbolicLink(directory.resolve("link"), Path.of("."));
        assertFails(() -> files.openAt(dirFd, "link", O_RDONLY | O_NOFOLLOW, 0), Errno.ELOOP, "openat(link)");
    }

    @Test
    void openAt_fileAsDirectory_enotdir() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        assertFails(() -> files.openAt(dirFd, "file", O_RDONLY | O_DIRECTORY, 0), Errno.ENOTDIR, "openat(file)");
    }

    @Test
    void openAt2_beneath_opens() throws IOException {
        Files.createDirectory(directory.resolve("a"));
        Files.writeString(directory.resolve("a/file"), "text");
        int fd = files.openAt2(dirFd, "a/file", O_RDONLY, RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
        assertThat(read(fd)).isEqualTo("text");
        files.close(fd);
    }

    @Test
    void openAt2_outside_exdev() {
        assertFails(() -> files.openAt2(dirFd, "..", O_RDONLY, RESOLVE_BENEATH), Errno.EXDEV, "openat2(..)");
        assertFails(() -> files.openAt2(dirFd, "/proc", O_RDONLY, RESOLVE_BENEATH), Errno.EXDEV, "openat2(/proc)");
    }

    @Test
    void openAt2_link_eloop() throws IOException {
        Files.createSymbolicLink(directory.resolve("link"), Path.of("file"));
        Files.writeString(directory.resolve("file"), "");
        assertFails(() -> files.openAt2(dirFd, "link", O_RDONLY, RESOLVE_NO_SYMLINKS), Errno.ELOOP, "openat2(link)");
    }

    @Test
    void openAt2_nulInThePath_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> files.openAt2(dirFd, "a\0b", O_RDONLY, 0))
                .withMessageContaining("'a␀b'");
    }

    @Test
    void everyCall_noDescriptor_ebadf() {
        byte[] buffer = new byte[8];
        assertFails(() -> files.close(NO_FD), Errno.EBADF, "close(fd 999999)");
        assertFails(() -> files.read(NO_FD, buffer, 0), Errno.EBADF, "read(fd 999999)");
        assertFails(() -> files.readAt(NO_FD, buffer, 0, 0), Errno.EBADF, "pread(fd 999999)");
        assertFails(() -> files.write(NO_FD, buffer), Errno.EBADF, "write(fd 999999)");
        assertFails(() -> files.openAt(NO_FD, "a", O_RDONLY, 0), Errno.EBADF, "openat(a)");
        assertFails(() -> files.openAt2(NO_FD, "a", O_RDONLY, 0), Errno.EBADF, "openat2(a)");
        assertFails(() -> files.makeDirectoryAt(NO_FD, "a", 0700), Errno.EBADF, "mkdirat(a)");
        assertFails(() -> files.removeDirectoryAt(NO_FD, "a"), Errno.EBADF, "rmdir(a)");
        assertFails(() -> files.removeFileAt(NO_FD, "a"), Errno.EBADF, "unlinkat(a)");
        assertFails(() -> files.changeOwner(NO_FD, 1, 2), Errno.EBADF, "fchown(fd 999999, 1:2)");
        assertFails(() -> files.filesystemMagic(NO_FD), Errno.EBADF, "fstatfs(fd 999999)");
        assertFails(() -> files.status(NO_FD), Errno.EBADF, "statx(fd 999999)");
        assertFails(() -> files.directories(NO_FD), Errno.EBADF, "openat(.)");
        assertFails(() -> files.regularFiles(NO_FD), Errno.EBADF, "openat(.)");
        assertFails(() -> files.setAttribute(NO_FD, "user.a", buffer), Errno.EBADF, "fsetxattr(user.a)");
        assertFails(() -> files.attribute(NO_FD, "user.a"), Errno.EBADF, "fgetxattr(user.a)");
    }

    @Test
    void write_thenRead_sameBytes() throws IOException {
        byte[] data = {0, 1, -1, 127, -128, 10};
        int fd = files.openAt(dirFd, "file", O_RDWR | O_CREAT, 0600);
        assertThat(files.write(fd, data)).isEqualTo(6);
        byte[] buffer = new byte[10];
        assertThat(files.readAt(fd, buffer, 2, 1)).isEqualTo(5);
        assertThat(buffer).containsExactly(0, 0, 1, -1, 127, -128, 10, 0, 0, 0);
        assertThat(files.readAt(fd, buffer, 0, 6)).isZero();
        assertThat(files.read(fd, buffer, 0)).isZero();
        files.close(fd);
        assertThat(Files.readAllBytes(directory.resolve("file"))).isEqualTo(data);
    }

    @Test
    void read_inPieces_continues() throws IOException {
        Files.writeString(directory.resolve("file"), "abcdef");
        int fd = files.openAt(dirFd, "file", O_RDONLY, 0);
        byte[] buffer = new byte[8];
        assertThat(files.read(fd, buffer, 4)).isEqualTo(4);
        assertThat(files.read(fd, buffer, 0)).isEqualTo(2);
        assertThat(new String(buffer, UTF_8)).isEqualTo("ef\0\0abcd");
        files.close(fd);
    }

    @Test
    void directories_mixedContent_onlyDirectories() throws IOException {
        Files.createDirectory(directory.resolve("a"));
        Files.createDirectory(directory.resolve(".hidden"));
        Files.writeString(directory.resolve("file"), "");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("a"));
        assertThat(files.directories(dirFd)).containsExactlyInAnyOrder("a", ".hidden");
        assertThat(files.directories(dirFd)).as("again, from the start").hasSize(2);
    }

    @Test
    void regularFiles_mixedContent_onlyFiles() throws IOException {
        Files.createDirectory(directory.resolve("a"));
        Files.writeString(directory.resolve("file"), "");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("file"));
        assertThat(files.regularFiles(dirFd)).containsExactly("file");
    }

    @Test
    void directories_nameThatIsNoText_canBeOpenedAndRemoved() throws IOException {
        String name = "\udcff\udc1b😀";
        files.makeDirectoryAt(dirFd, name, 0700);

        assertThat(files.directories(dirFd)).containsExactly(name);
        int fd = files.openAt(dirFd, name, O_RDONLY | O_DIRECTORY, 0);
        assertThat(files.statusAt(dirFd, name)).isEqualTo(files.status(fd));
        files.close(fd);
        files.removeDirectoryAt(dirFd, name);

        assertThat(files.directories(dirFd)).isEmpty();
    }

    @Test
    void status_deviceFile_tellsItsNumber() throws IOException {
        int fd = files.open("/dev/null", O_PATH, 0);
        FileStatus device = files.status(fd);
        files.close(fd);
        assertThat(device.deviceMajor()).isEqualTo(1);
        assertThat(device.deviceMinor()).isEqualTo(3);
        assertThat(device.isBlockDevice()).isFalse();
        assertThat(files.status(dirFd).deviceMajor()).isZero();
    }

    @Test
    void statusAt_name_theEntryItselfAndNotWhatItLinksTo() throws IOException {
        Path inner = Files.createDirectory(directory.resolve("inner"));
        Files.createSymbolicLink(directory.resolve("link"), inner);
        int fd = files.openAt(dirFd, "inner", O_RDONLY | O_DIRECTORY, 0);

        assertThat(files.statusAt(dirFd, "inner")).isEqualTo(files.status(fd));
        assertThat(files.statusAt(dirFd, "link").inode())
                .isNotEqualTo(files.status(fd).inode());
        files.close(fd);
        assertFails(() -> files.statusAt(dirFd, "missing"), Errno.ENOENT, "statx(missing)");
    }

    @Test
    void status_file_countsItsNames() throws IOException {
        int fd = files.openAt(dirFd, "file", O_RDWR | O_CREAT, 0600);
        Files.createLink(directory.resolve("other name"), directory.resolve("file"));
        assertThat(files.status(fd).links()).isEqualTo(2);
        files.close(fd);
    }

    @Test
    void directories_moreThanOneBufferful_all() throws IOException {
        for (int i = 0; i < 1500; i++) {
            Files.createDirectory(directory.resolve("directory with quite a long name " + i));
        }
        assertThat(files.directories(dirFd)).hasSize(1500).doesNotHaveDuplicates();
    }

    @Test
    void directories_ofARemovedDirectory_gone() throws IOException {
        Path removed = Files.createDirectory(directory.resolve("a"));
        int fd = files.openAt(dirFd, "a", O_RDONLY | O_DIRECTORY, 0);
        Files.delete(removed);
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> files.directories(fd))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(FailureKind.GONE));
        files.close(fd);
    }

    @Test
    void directories_ofAFile_enotdir() throws IOException {
        int fd = files.openAt(dirFd, "file", O_RDWR | O_CREAT, 0600);
        assertFails(() -> files.directories(fd), Errno.ENOTDIR, "openat(.)");
        files.close(fd);
    }

    @Test
    void makeDirectoryAt_twice_eexist() throws IOException {
        files.makeDirectoryAt(dirFd, "a", 0700);
        assertThat(Files.getAttribute(directory.resolve("a"), "unix:mode")).isEqualTo(040700);
        assertFails(() -> files.makeDirectoryAt(dirFd, "a", 0700), Errno.EEXIST, "mkdirat(a)");
    }

    @Test
    void removeFileAt_fileOrDirectory_removesOrTells() throws IOException {
        Files.writeString(directory.resolve("file"), "");
        Files.createDirectory(directory.resolve("a"));
        files.removeFileAt(dirFd, "file");
        assertThat(directory.resolve("file")).doesNotExist();
        assertFails(() -> files.removeFileAt(dirFd, "a"), Errno.EISDIR, "unlinkat(a)");
        assertFails(() -> files.removeFileAt(dirFd, "file"), Errno.ENOENT, "unlinkat(file)");
    }

    @Test
    void changeOwner_toTheSame_isAllowedToAnybody() throws IOException {
        int fd = files.openAt(dirFd, "file", O_RDWR | O_CREAT, 0600);
        FileStatus before = files.status(fd);
        files.changeOwner(fd, before.uid(), before.gid());
        assertThat(files.status(fd)).isEqualTo(before);
        files.close(fd);
    }

    @Test
    void removeDirectoryAt_emptyFullOrFile_removesOrTells() throws IOException {
        Files.createDirectories(directory.resolve("a/b"));
        Files.writeString(directory.resolve("file"), "");
        assertFails(() -> files.removeDirectoryAt(dirFd, "a"), Errno.ENOTEMPTY, "rmdir(a)");
        assertFails(() -> files.removeDirectoryAt(dirFd, "file"), Errno.ENOTDIR, "rmdir(file)");
        assertFails(() -> files.removeDirectoryAt(dirFd, "none"), Errno.ENOENT, "rmdir(none)");
        files.removeDirectoryAt(dirFd, "a/b");
        assertThat(directory.resolve("a")).isEmptyDirectory();
    }

    @Test
    void makeFifo_once_isAFifo() throws IOException {
        String path = directory.resolve("gate").toString();
        files.makeFifo(path, 0600);
        assertThat(Files.getAttribute(Path.of(path), "unix:mode")).isEqualTo(010600);
        assertFails(() -> files.makeFifo(path, 0600), Errno.EEXIST, "mkfifo(" + path + ")");
    }

    @Test
    void attribute_neverSet_emptyOrUnsupported() throws IOException {
        try {
            assertThat(files.attribute(dirFd, "user.corral")).isEmpty();
        } catch (ErrnoException e) {
            assertThat(e.errno()).as("a file system without attributes").isEqualTo(Errno.EOPNOTSUPP);
        }
    }

    private String read(int fd) throws IOException {
        byte[] buffer = new byte[100];
        return new String(buffer, 0, files.read(fd, buffer, 0), UTF_8);
    }

    private static void assertFails(ThrowingCallable call, Errno errno, String where) {
        assertThatExceptionOfType(ErrnoException.class).isThrownBy(call).withMessage(where + ": " + errno);
    }
}
