package org.corral.linux.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assumptions;
import org.corral.core.ExitStatus;
import org.corral.core.Rlimit;
import org.corral.linux.Feature;
import org.corral.linux.KernelFeatures;
import org.corral.linux.Linux;
import org.corral.linux.raw.EventCalls.ReadyEvent;
import org.corral.linux.raw.EventCalls.WatchEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The layouts of the running architecture, by what the kernel makes of them. */
class StructsTest {

    private static final long PROC_SUPER_MAGIC = 0x9fa0;
    private static final byte[] ONE = {1, 0, 0, 0, 0, 0, 0, 0};

    private final Syscalls kernel = Syscalls.ofThisHost();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void epollEvent_twoReadyAtOnce_giveBackAllBitsOfTheirData() throws IOException {
        int epoll = kernel.events().epollCreate();
        int first = kernel.events().eventFd();
        int second = kernel.events().eventFd();
        kernel.events().epollAdd(epoll, first, Constants.EPOLLIN, 0x0123456789abcdefL);
        kernel.events().epollAdd(epoll, second, Constants.EPOLLIN, -2L);
        kernel.files().write(first, ONE);
        kernel.files().write(second, ONE);
        assertThat(kernel.events().epollWait(epoll, 0))
                .containsExactlyInAnyOrder(
                        new ReadyEvent(Constants.EPOLLIN, 0x0123456789abcdefL), new ReadyEvent(Constants.EPOLLIN, -2L));
        close(epoll, first, second);
    }

    /** Linux 6.17 wrote a field behind the end of what it had been told was shorter. */
    @Test
    void struct_anySize_hasRoomBehindIt() {
        assertThat(JnrCalls.struct(8).size()).isEqualTo(8 + Structs.SLACK);
    }

    @Test
    void rlimit64_ofThisProcess_asInProc() throws IOException {
        Rlimit.Limits limits = kernel.processes().limits(kernel.processes().pid(), Rlimit.NOFILE);
        assertThat(limitsInProc("self", "Max open files")).containsExactly(limits.soft(), limits.hard());
    }

    @Test
    void rlimit64_setOnAChild_asInProc() throws Exception {
        int child = kernel.processes().spawn(Children.plan(List.of(), "/bin/sleep", "1000"));
        try {
            kernel.processes().setLimits(child, Rlimit.NOFILE, new Rlimit.Limits(17, 23));
            kernel.processes().setLimits(child, Rlimit.CORE, new Rlimit.Limits(0, 0));
            assertThat(limitsInProc(String.valueOf(child), "Max open files")).containsExactly(17L, 23L);
            assertThat(limitsInProc(String.valueOf(child), "Max core file size"))
                    .containsExactly(0L, 0L);
        } finally {
            Children.kill(child);
            Children.await(child);
        }
    }

    private static List<Long> limitsInProc(String pid, String name) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", pid, "limits"))) {
            String values = lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .orElseThrow()
                    .substring(name.length())
                    .strip();
            return Stream.of(values.split(" +", -1))
                    .limit(2)
                    .map(value -> value.equals("unlimited") ? Long.valueOf(Rlimit.UNLIMITED) : Long.valueOf(value))
                    .toList();
        }
    }

    @Test
    void siginfo_exitCodes_told() throws Exception {
        assertThat(Children.run(Children.plan(List.of(), "/bin/true"))).isEqualTo(new ExitStatus.Exited(0));
        assertThat(Children.run(Children.plan(List.of(), "/bin/sh", "-c", "exit 7")))
                .isEqualTo(new ExitStatus.Exited(7));
        assertThat(Children.run(Children.plan(List.of(), "/bin/sh", "-c", "exit 255")))
                .isEqualTo(new ExitStatus.Exited(255));
    }

    @Test
    void siginfo_signals_told() throws Exception {
        assertThat(Children.run(Children.plan(List.of(), "/bin/sh", "-c", "kill -9 $$")))
                .isEqualTo(new ExitStatus.Signaled(9));
        assertThat(Children.run(Children.plan(List.of(), "/bin/sh", "-c", "ulimit -c 0; kill -SEGV $$")))
                .isEqualTo(new ExitStatus.Signaled(11));
    }

    @Test
    void pidfdInfo_reapedChildren_exitToldAsToTheirParent() throws Exception {
        Assumptions.assumeThat(KernelFeatures.probe(Linux.ofThisHost(), Feature.PIDFD_INFO_EXIT)
                        .cause())
                .isEmpty();
        assertThat(exitSeenByOthers("exit 0")).isEqualTo(new ExitStatus.Exited(0));
        assertThat(exitSeenByOthers("exit 255")).isEqualTo(new ExitStatus.Exited(255));
        assertThat(exitSeenByOthers("kill -9 $$")).isEqualTo(new ExitStatus.Signaled(9));
        assertThat(exitSeenByOthers("ulimit -c 0; kill -SEGV $$")).isEqualTo(new ExitStatus.Signaled(11));
    }

    private ExitStatus exitSeenByOthers(String script) throws Exception {
        int pid = kernel.processes().spawn(Children.plan(List.of(), "/bin/sh", "-c", script));
        int pidFd = kernel.processes().pidfdOpen(pid);
        try {
            Children.await(pid);
            return kernel.processes().exitStatus(pidFd).orElseThrow();
        } finally {
            close(pidFd);
        }
    }

    @Test
    void statx_ofAFile_asJavaReadsIt() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x--x"));
        int fd = kernel.files().open(file.toString(), Constants.O_RDONLY, 0);
        FileStatus status = kernel.files().status(fd);
        close(fd);
        assertThat(status.inode()).isEqualTo(Files.getAttribute(file, "unix:ino"));
        assertThat(status.mode()).isEqualTo(Files.getAttribute(file, "unix:mode"));
        assertThat(status.uid()).isEqualTo(Files.getAttribute(file, "unix:uid"));
        assertThat(status.gid()).isEqualTo(Files.getAttribute(file, "unix:gid"));
    }

    @Test
    void statfs_ofProc_hasItsMagic() throws IOException {
        int fd = kernel.files().open("/proc", Constants.O_RDONLY | Constants.O_DIRECTORY, 0);
        assertThat(kernel.files().filesystemMagic(fd)).isEqualTo(PROC_SUPER_MAGIC);
        close(fd);
    }

    @Test
    void inotifyEvent_twoInOneRead_bothTold() throws IOException {
        Path first = Files.writeString(directory.resolve("a"), "");
        Path second = Files.writeString(directory.resolve("name longer than sixteen bytes"), "");
        int inotify = kernel.events().inotifyCreate();
        int watch = kernel.events().inotifyAdd(inotify, directory.toString(), Constants.IN_MODIFY);
        Files.writeString(first, "x", StandardOpenOption.APPEND);
        Files.writeString(second, "x", StandardOpenOption.APPEND);
        assertThat(kernel.events().inotifyRead(inotify))
                .containsExactly(
                        new WatchEvent(watch, Constants.IN_MODIFY), new WatchEvent(watch, Constants.IN_MODIFY));
        assertThat(kernel.events().inotifyRead(inotify)).isEmpty();
        close(inotify);
    }

    private void close(int... fds) throws IOException {
        for (int fd : fds) {
            kernel.files().close(fd);
        }
    }
}
