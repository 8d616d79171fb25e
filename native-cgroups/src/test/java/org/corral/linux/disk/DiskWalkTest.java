package org.corral.linux.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.function.ToLongFunction;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.EntryStatus;
import org.corral.linux.raw.TreeCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of this host: a tree is compared with itself before and after a change. */
class DiskWalkTest {

    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path directory;

    private final ChangingTree calls = new ChangingTree();

    @AfterEach
    void nothingIsLeftOpen() {
        assertThat(calls.open).isZero();
    }

    private DiskUse measure() throws IOException {
        return new DiskWalk(calls).measure(directory);
    }

    private long bytes() throws IOException {
        return measure().bytes();
    }

    private Path file(String name, int bytes) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return Files.write(file, new byte[bytes]);
    }

    @Test
    void measure_files_areCountedInBlocks() throws Exception {
        long empty = bytes();
        file("a", MEBIBYTE);
        file("b/c/d", MEBIBYTE);

        assertThat(bytes() - empty).isBetween(2L * MEBIBYTE, 2L * MEBIBYTE + 64 * 1024);
        assertThat(measure().unreadable()).isZero();
        assertThat(bytes() % 512).isZero();
    }

    @Test
    void measure_hole_takesNothing() throws Exception {
        long empty = bytes();
        try (RandomAccessFile sparse =
                new RandomAccessFile(directory.resolve("sparse").toFile(), "rw")) {
            sparse.setLength(1L << 30);
        }

        assertThat(bytes() - empty).isLessThan(MEBIBYTE);
    }

    @Test
    void measure_severalNames_areOneFile() throws Exception {
        Path file = file("a", MEBIBYTE);
        long once = bytes();
        Files.createLink(directory.resolve("b"), file);
        Files.createLink(directory.resolve("c"), file);

        assertThat(bytes() - once).isLessThan(MEBIBYTE / 2);
    }

    @Test
    void measure_links_areNotFollowed(@TempDir Path elsewhere) throws Exception {
        long empty = bytes();
        Files.write(elsewhere.resolve("big"), new byte[MEBIBYTE]);
        Files.createSymbolicLink(directory.resolve("file"), elsewhere.resolve("big"));
        Files.createSymbolicLink(directory.resolve("folder"), elsewhere);
        Files.createSymbolicLink(directory.resolve("circle"), directory);

        assertThat(bytes() - empty).isLessThan(MEBIBYTE / 2);
    }

    @Test
    void measure_veryDeep_takesNoMoreThanTwoDescriptors() throws Exception {
        Path deep = directory;
        for (int i = 0; i < 300; i++) {
            deep = Files.createDirectory(deep.resolve("d"));
        }
        Files.write(deep.resolve("file"), new byte[MEBIBYTE]);

        assertThat(bytes()).isGreaterThanOrEqualTo(MEBIBYTE);
        assertThat(calls.mostOpen).isEqualTo(2);
    }

    @Test
    void measure_fileSystemBelow_isLeftOut() throws Exception {
        file("a", MEBIBYTE);
        file("mount/b", MEBIBYTE);
        long both = bytes();
        calls.otherDevice = "mount";

        assertThat(both - bytes()).isGreaterThanOrEqualTo(MEBIBYTE);
    }

    @Test
    void measure_fileSystemMountedMeanwhile_isLeftOut() throws Exception {
        file("a/b/c", MEBIBYTE);
        file("z/file", MEBIBYTE);
        long all = bytes();
        calls.deviceOfOpened = name -> name.equals("b") ? 1 : 0;

        assertThat(all - bytes()).isGreaterThanOrEqualTo(MEBIBYTE);
        assertThat(bytes()).isGreaterThanOrEqualTo(MEBIBYTE);
    }

    @Test
    void measure_directoryVanishes_restIsCounted() throws Exception {
        file("keep/file", MEBIBYTE);
        Path gone = Files.createDirectory(directory.resolve("gone"));
        calls.beforeOpening("gone", () -> Files.delete(gone));

        assertThat(measure().bytes()).isGreaterThanOrEqualTo(MEBIBYTE);
        assertThat(gone).doesNotExist();
    }

    @Test
    void measure_directoryBecomesALink_isNotFollowed(@TempDir Path elsewhere) throws Exception {
        Files.write(elsewhere.resolve("big"), new byte[MEBIBYTE]);
        Path trap = Files.createDirectory(directory.resolve("trap"));
        calls.beforeOpening("trap", () -> {
            Files.delete(trap);
            Files.createSymbolicLink(trap, elsewhere);
        });

        assertThat(bytes()).isLessThan(MEBIBYTE);
    }

    @Test
    void measure_directoryMovedWhileWalked_nothingOutsideIsEntered(@TempDir Path elsewhere) throws Exception {
        file("a/b/c/file", MEBIBYTE);
        file("z/file", MEBIBYTE);
        Files.write(elsewhere.resolve("big"), new byte[8 * MEBIBYTE]);
        calls.beforeOpening(
                "c",
                () -> Files.move(directory.resolve("a/b"), elsewhere.resolve("b"), StandardCopyOption.ATOMIC_MOVE));

        assertThat(bytes()).isBetween(2L * MEBIBYTE, 3L * MEBIBYTE);
    }

    @Test
    void measure_directoryRemovedWhileWalked_restIsCounted() throws Exception {
        Path inner = Files.createDirectories(directory.resolve("a/b/c"));
        file("z/file", MEBIBYTE);
        calls.beforeOpening("..", () -> {
            Files.deleteIfExists(inner);
            Files.deleteIfExists(directory.resolve("a/b"));
        });

        assertThat(bytes()).isGreaterThanOrEqualTo(MEBIBYTE);
    }

    @Test
    void measure_directoryThatMayNotBeRead_isToldOf() throws Exception {
        file("closed/file", MEBIBYTE);
        calls.refused = "closed";

        assertThat(measure().unreadable()).isEqualTo(1);
    }

    @Test
    void measure_otherFailure_isAFailure() throws Exception {
        file("broken/file", MEBIBYTE);
        calls.refused = "broken";
        calls.refusal = Errno.EIO;

        assertThatThrownBy(this::measure).isInstanceOf(ErrnoException.class).hasMessageContaining("EIO");
    }

    @Test
    void measure_notThere_saysSo() {
        assertThatThrownBy(() -> new DiskWalk(calls).measure(directory.resolve("none")))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining("ENOENT");
    }

    @Test
    void measure_topReplacedWhileWalked_fails(@TempDir Path elsewhere) throws Exception {
        Path top = elsewhere.resolve("top");
        Files.createDirectories(top.resolve("a/b"));
        calls.beforeOpening("..", () -> {
            if (Files.exists(top)) {
                Files.move(top, elsewhere.resolve("moved"), StandardCopyOption.ATOMIC_MOVE);
                Files.move(elsewhere.resolve("moved/a"), elsewhere.resolve("a"), StandardCopyOption.ATOMIC_MOVE);
                Files.move(elsewhere.resolve("a/b"), elsewhere.resolve("b"), StandardCopyOption.ATOMIC_MOVE);
                Files.createDirectory(top);
            }
        });

        assertThatThrownBy(() -> new DiskWalk(calls).measure(top))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining("another directory now");
    }

    @Test
    void measure_interrupted_endsSoon() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(this::measure).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void ofThisHost_directory_isMeasured() throws Exception {
        file("a", MEBIBYTE);
        assertThat(DiskWalk.ofThisHost().measure(directory).bytes()).isGreaterThanOrEqualTo(MEBIBYTE);
    }

    /** The real calls, between which a test changes the tree. */
    private static final class ChangingTree implements TreeCalls {

        private final TreeCalls real = TreeCalls.ofThisHost();
        private Change change = () -> {};
        private String changedBefore = "";
        private String refused = "";
        private Errno refusal = Errno.EACCES;
        private String otherDevice = "";
        private ToLongFunction<String> deviceOfOpened = name -> 0;
        private String lastOpened = "";
        private int open;
        private int mostOpen;

        void beforeOpening(String name, Change what) {
            changedBefore = name;
            change = what;
        }

        @Override
        public int open(String path) throws ErrnoException {
            int fd = real.open(path);
            lastOpened = "";
            opened();
            return fd;
        }

        @Override
        public int openBelow(int dirFd, byte[] name) throws ErrnoException {
            String text = new String(name, StandardCharsets.UTF_8);
            if (text.equals(changedBefore)) {
                change.runOrFail();
            }
            if (text.equals(refused)) {
                throw new ErrnoException("openat", refusal, text);
            }
            int fd = real.openBelow(dirFd, name);
            lastOpened = text;
            opened();
            return fd;
        }

        private void opened() {
            mostOpen = Math.max(mostOpen, ++open);
        }

        @Override
        public EntryStatus status(int dirFd) throws ErrnoException {
            return onDevice(real.status(dirFd), deviceOfOpened.applyAsLong(lastOpened));
        }

        @Override
        public void visit(int dirFd, Visitor visitor) throws ErrnoException {
            real.visit(dirFd, (name, status) -> {
                boolean other = new String(name, StandardCharsets.UTF_8).equals(otherDevice);
                visitor.visit(name, onDevice(status, other ? 1 : 0));
            });
        }

        private static EntryStatus onDevice(EntryStatus status, long offset) {
            return new EntryStatus(
                    status.mode(), status.inode(), status.device() + offset, status.links(), status.blocks());
        }

        @Override
        public void close(int fd) throws ErrnoException {
            open--;
            real.close(fd);
        }
    }

    /** What somebody else does to the tree. */
    private interface Change {
        void run() throws IOException;

        default void runOrFail() {
            try {
                run();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
