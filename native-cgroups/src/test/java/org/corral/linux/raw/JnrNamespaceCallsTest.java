package org.corral.linux.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.corral.linux.raw.Constants.CLONE_NEWNET;
import static org.corral.linux.raw.Constants.CLONE_NEWNS;
import static org.corral.linux.raw.Constants.CLONE_NEWUTS;
import static org.corral.linux.raw.Constants.IFF_UP;
import static org.corral.linux.raw.Constants.MS_REC;
import static org.corral.linux.raw.Constants.MS_SLAVE;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assumptions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.corral.linux.DiscardedThread;
import org.corral.linux.Feature;
import org.corral.linux.KernelFeatures;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JnrNamespaceCallsTest {

    private static final int NO_FD = 999_999;

    @TempDir
    Path directory;

    private final NamespaceCalls calls = new JnrNamespaceCalls();
    private final FileCalls files = new JnrFileCalls();

    private static void require(Feature feature) {
        Assumptions.assumeThat(KernelFeatures.probe(Linux.ofThisHost(), feature).cause())
                .isEmpty();
    }

    private void inOwnMounts(DiscardedThread.Work work) throws IOException {
        require(Feature.MOUNT_NAMESPACE);
        DiscardedThread.run(() -> {
            calls.unshare(CLONE_NEWNS);
            calls.mount(null, "/", null, MS_REC | MS_SLAVE, null);
            work.run();
        });
    }

    @Test
    void setHostName_namespaceOfItsOwn_isSeenThereAlone() throws Exception {
        require(Feature.UTS_NAMESPACE);
        Path hostName = Path.of("/proc/sys/kernel/hostname");
        String before = Files.readString(hostName);

        DiscardedThread.run(() -> {
            calls.unshare(CLONE_NEWUTS);
            calls.setHostName("corral-test");
            assertThat(hostName).hasContent("corral-test");
        });

        assertThat(hostName).hasContent(before.strip());
    }

    @Test
    void mount_namespaceOfItsOwn_isSeenThereAlone() throws Exception {
        inOwnMounts(() -> {
            calls.mount("corral", directory.toString(), "tmpfs", 0, "size=64k,mode=700");
            Files.createFile(directory.resolve("inside"));
            assertThat(Files.getFileStore(directory).getTotalSpace()).isEqualTo(64 << 10);
        });

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void makeReadOnly_mountPoint_refusesWritesAndNotReads() throws Exception {
        inOwnMounts(() -> {
            calls.mount("corral", directory.toString(), "tmpfs", 0, null);
            Path file = Files.writeString(directory.resolve("file"), "text");
            calls.makeReadOnly(directory.toString());
            assertThat(file).hasContent("text");
            assertThatThrownBy(() -> Files.createFile(directory.resolve("more")))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("Read-only");
        });
    }

    @Test
    void setInterfaceFlags_loopbackOfItsOwn_isUp() throws Exception {
        require(Feature.NETWORK_NAMESPACE);
        DiscardedThread.run(() -> {
            calls.unshare(CLONE_NEWNET);
            int socket = calls.socket();
            int flags = calls.interfaceFlags(socket, "lo");
            assertThat(flags & IFF_UP).isZero();
            calls.setInterfaceFlags(socket, "lo", flags | IFF_UP);
            assertThat(calls.interfaceFlags(socket, "lo") & IFF_UP).isEqualTo(IFF_UP);
            files.close(socket);
        });
    }

    @Test
    void interfaceFlags_noSuchDevice_isEnodev() throws Exception {
        int socket = calls.socket();
        try {
            assertErrno(Errno.ENODEV, () -> calls.interfaceFlags(socket, "corral-none"));
            assertErrno(Errno.ENODEV, () -> calls.interfaceFlags(socket, "a-name-that-is-too-long"));
        } finally {
            files.close(socket);
        }
    }

    @Test
    void configure_unknownKey_isEinvalNamingIt() throws Exception {
        require(Feature.MOUNT_NAMESPACE); // the same privilege
        int fileSystem = calls.openFileSystem("proc");
        try {
            calls.configure(fileSystem, "hidepid", "2");
            assertErrno(Errno.EINVAL, () -> calls.configure(fileSystem, "corral", "x"));
        } finally {
            files.close(fileSystem);
        }
    }

    @Test
    void calls_onNothing_tellCallAndSubject() {
        assertErrno(Errno.EBADF, () -> calls.enter(NO_FD, CLONE_NEWUTS));
        assertErrno(Errno.EINVAL, () -> calls.unshare(1));
        require(Feature.MOUNT_NAMESPACE);
        assertThatThrownBy(() -> calls.mount("corral", directory + "/none", "tmpfs", 0, "mode=1777"))
                .hasMessage("mount(corral on " + directory + "/none, mode=1777): ENOENT No such file or directory");
        assertErrno(Errno.ENODEV, () -> calls.openFileSystem("corralfs"));
        assertErrno(Errno.EINVAL, () -> calls.makeReadOnly(directory.toString())); // no mount point
        assertErrno(Errno.EINVAL, () -> calls.setHostName("x".repeat(65)));
    }

    private static void assertErrno(Errno errno, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ErrnoException.class, e -> assertThat(e.errno())
                .isEqualTo(errno));
    }
}
