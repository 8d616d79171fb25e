package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.corral.linux.Linux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The outer check, of the extension, sees to it that each of these leaks was removed as well as found. */
@ExtendWith(LeakCheck.class)
@Requires({Need.PIDFD, Need.EVENTFD})
class LeakCheckIT {

    private final Linux linux = Linux.ofThisHost();
    private TestRoot root = new TestRoot("none", Path.of("/"));

    @BeforeEach
    void anotherRoot() throws IOException {
        root = LeakCheck.newRoot();
    }

    /** A test that checks no leaks of this root has nobody else to remove it. */
    @AfterEach
    void removeAnotherRoot() throws IOException {
        Files.deleteIfExists(root.runtimeDirectory());
    }

    @Test
    void newRoot_eachTime_anotherName(TestRoot outer) {
        assertThat(outer.name()).startsWith("corral-it-").isNotEqualTo(root.name());
        assertThat(outer.runtimeDirectory()).isEmptyDirectory();
    }

    @Test
    void assertNone_nothingLeft_passesAndRemovesTheDirectory() throws IOException {
        Leaks leaks = Leaks.watch(root);
        Files.createDirectory(root.runtimeDirectory().resolve("state"));
        assertThatCode(() -> leaks.assertNone(Duration.ofSeconds(30))).doesNotThrowAnyException();
        assertThat(root.runtimeDirectory()).doesNotExist();
    }

    @Test
    void assertNone_processStillEnding_waitsForIt() throws IOException {
        Leaks leaks = Leaks.watch(root);
        new ProcessBuilder("sleep", "0.2").start();
        assertThatCode(() -> leaks.assertNone(Duration.ofSeconds(30))).doesNotThrowAnyException();
    }

    @Test
    void assertNone_fifoLeft_namedAndRemoved() throws IOException {
        Leaks leaks = Leaks.watch(root);
        String fifo = root.runtimeDirectory().resolve("gate").toString();
        linux.files().makeFifo(fifo, 0600);
        assertFound(leaks, "file " + fifo);
        assertThat(Path.of(fifo)).doesNotExist();
    }

    @Test
    void assertNone_processLeft_namedAndKilled() throws Exception {
        Leaks leaks = Leaks.watch(root);
        Process process = new ProcessBuilder("sleep", "1000").start();
        assertFound(leaks, "process " + process.pid() + " (");
        process.waitFor();
    }

    @Test
    void assertNone_grandchildLeft_namedToo() throws IOException {
        Leaks leaks = Leaks.watch(root);
        new ProcessBuilder("sh", "-c", "sleep 1000; true").start();
        awaitSleep();
        assertFound(leaks, "(sleep)");
    }

    private void awaitSleep() throws IOException {
        int self = linux.processes().pid();
        while (ProcessEntry.descendantsOf(self).stream()
                .noneMatch(entry -> entry.command().equals("sleep"))) {
            Pause.millis(5);
        }
    }

    @Test
    void assertNone_descriptorLeft_named() throws IOException {
        Leaks leaks = Leaks.watch(root);
        int fd = linux.events().eventFd();
        try {
            assertFound(leaks, "fd " + fd + " of anon_inode:[eventfd]");
        } finally {
            linux.files().close(fd);
        }
    }

    @Test
    @Requires({Need.ROOT, Need.V1_FREEZER})
    void assertNone_frozenV1CgroupWithProcessLeft_namedAndRemoved() throws IOException {
        Leaks leaks = Leaks.watch(root);
        Path cgroup = CgroupMount.of("freezer").directory(root);
        Process process = leaveProcessIn(cgroup.resolve("below"));
        write(cgroup.resolve("freezer.state"), "FROZEN");
        assertFound(leaks, "cgroup " + cgroup + "/below with processes [" + process.pid() + "]");
        assertThat(cgroup).doesNotExist();
    }

    @Test
    @Requires(Need.V2)
    void assertNone_frozenV2CgroupWithProcessLeft_namedAndRemoved() throws IOException {
        Leaks leaks = Leaks.watch(root);
        Path cgroup = CgroupMount.unified().orElseThrow().directory(root);
        Process process = leaveProcessIn(cgroup.resolve("below"));
        write(cgroup.resolve("cgroup.freeze"), "1");
        assertFound(leaks, "cgroup " + cgroup + "/below with processes [" + process.pid() + "]");
        assertThat(cgroup).doesNotExist();
    }

    private static Process leaveProcessIn(Path cgroup) throws IOException {
        Files.createDirectories(cgroup);
        Process process = new ProcessBuilder("sleep", "1000").start();
        write(cgroup.resolve("cgroup.procs"), String.valueOf(process.pid()));
        return process;
    }

    private static void write(Path file, String value) throws IOException {
        Files.writeString(file, value, StandardOpenOption.WRITE);
    }

    private static void assertFound(Leaks leaks, String what) {
        assertThatThrownBy(() -> leaks.assertNone(Duration.ZERO))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(what);
    }
}
