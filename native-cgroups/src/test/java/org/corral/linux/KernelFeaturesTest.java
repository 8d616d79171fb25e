package org.corral.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.corral.core.ExitStatus;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.SpawnPlan;
import org.corral.testing.FakeKernel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelFeaturesTest {

    private static final int PROBES = 30;

    private static final Path ROOT = Path.of("/fixture");

    private final Set<Integer> open = new TreeSet<>();
    private final AtomicInteger next = new AtomicInteger(100);
    private final FakeKernel kernel = new FakeKernel()
            .on("openAt2", arguments -> opened())
            .on("open", arguments -> opened())
            .on("eventFd", arguments -> opened())
            .on("epollCreate", arguments -> opened())
            .on("inotifyCreate", arguments -> opened())
            .on("read", arguments -> 1)
            .on("write", arguments -> ((byte[]) arguments[1]).length)
            .on("close", arguments -> open.remove(arguments[0]) ? null : failing("close", Errno.EBADF))
            .on("pidfdOpen", arguments -> failing("pidfd_open", Errno.ESRCH))
            .on("pidfdSendSignal", arguments -> failing("pidfd_send_signal", Errno.EBADF))
            .on("threadId", arguments -> 4243)
            .on("pidfdOpenThread", arguments -> opened())
            .on("exitStatus", arguments -> Optional.of(new ExitStatus.Exited(0)))
            .on("unshare", arguments -> null)
            .on("openFileSystem", arguments -> opened())
            .on("configure", arguments -> null)
            .on("wait", arguments -> failing("waitid", Errno.EBADF))
            .on("spawn", arguments -> failing("posix_spawn", intoCgroup(arguments) ? Errno.EBADF : Errno.ENOENT));

    @AfterEach
    void noDescriptorIsLeft() {
        assertThat(open).isEmpty();
    }

    @Test
    void probe_everyCallWorks_allAvailable() {
        KernelFeatures features = KernelFeatures.probe(kernel.linux(ROOT));
        assertThat(features.all()).extracting(FeatureStatus::feature).containsExactly(Feature.values());
        assertThat(features.all()).allMatch(FeatureStatus::isAvailable);
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAT2, openAt2, openat2",
        "PIDFD_OPEN, pidfdOpen, pidfd_open",
        "PIDFD_SEND_SIGNAL, pidfdSendSignal, pidfd_send_signal",
        "PIDFD_INFO_EXIT, pidfdOpenThread, pidfd_open",
        "PIDFD_INFO_EXIT, exitStatus, ioctl",
        "WAITID_PIDFD, wait, waitid",
        "EVENTFD, eventFd, eventfd",
        "EPOLL, epollCreate, epoll_create1",
        "INOTIFY, inotifyCreate, inotify_init1",
        "PSI, read, read",
        "PSI_TRIGGER, write, write",
        "PROC_PIDNS, openFileSystem, fsopen",
        "PROC_PIDNS, configure, fsconfig",
    })
    void probe_oneCallFails_thatFeatureAloneAbsentWithTheCause(Feature feature, String method, String syscall) {
        for (Errno errno : new Errno[] {Errno.ENOSYS, Errno.EPERM, Errno.EMFILE, Errno.EINVAL}) {
            kernel.on(method, arguments -> failing(syscall, errno));
            KernelFeatures features = KernelFeatures.probe(kernel.linux(ROOT));
            assertThat(features.has(feature)).isFalse();
            assertThat(features.status(feature).cause()).hasValue(syscall + "(it): " + errno);
            assertThat(features.all()).filteredOn(each -> !each.isAvailable()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"POSIX_SPAWN_CLOSEFROM", "POSIX_SPAWN_SETCGROUP"})
    void probe_spawnRefusesOneThing_thatFeatureAloneAbsentWithTheCause(Feature feature) {
        for (Errno errno : new Errno[] {Errno.ENOSYS, Errno.EPERM, Errno.EOPNOTSUPP, Errno.EINVAL}) {
            kernel.on("spawn", arguments -> {
                boolean refused = intoCgroup(arguments) == (feature == Feature.POSIX_SPAWN_SETCGROUP);
                return failing("posix_spawn", refused ? errno : intoCgroup(arguments) ? Errno.EBADF : Errno.ENOENT);
            });
            KernelFeatures features = KernelFeatures.probe(kernel.linux(ROOT));
            assertThat(features.status(feature).cause()).hasValue("posix_spawn(it): " + errno);
            assertThat(features.all()).filteredOn(each -> !each.isAvailable()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MOUNT_NAMESPACE, 0x20000",
        "UTS_NAMESPACE, 0x4000000",
        "IPC_NAMESPACE, 0x8000000",
        "PID_NAMESPACE, 0x20000000",
        "NETWORK_NAMESPACE, 0x40000000",
    })
    void probe_namespaceRefused_thatFeatureAloneAbsentWithTheCause(Feature feature, String flag) {
        for (Errno errno : new Errno[] {Errno.EPERM, Errno.ENOSPC, Errno.EINVAL}) {
            kernel.on(
                    "unshare",
                    arguments -> arguments[0].equals(Integer.decode(flag)) ? failing("unshare", errno) : null);
            KernelFeatures features = KernelFeatures.probe(kernel.linux(ROOT));
            assertThat(features.status(feature).cause()).hasValue("unshare(it): " + errno);
            assertThat(features.all()).filteredOn(each -> !each.isAvailable()).hasSize(1);
        }
    }

    @Test
    void probe_cgroupIgnoredBySpawn_absent() {
        kernel.on("spawn", arguments -> failing("posix_spawn", Errno.ENOENT));
        FeatureStatus status = KernelFeatures.probe(kernel.linux(ROOT), Feature.POSIX_SPAWN_SETCGROUP);
        assertThat(status.cause()).hasValue("posix_spawn(it): ENOENT No such file or directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/fixture/proc/pressure/memory", "/fixture/proc/thread-self/children"})
    void probe_fileMissing_itsFeaturesAbsentWithThePath(String missing) {
        kernel.on("open", arguments -> {
            if (arguments[0].equals(missing)) {
                throw new ErrnoException("open", Errno.ENOENT, missing);
            }
            return opened();
        });
        assertThat(KernelFeatures.probe(kernel.linux(ROOT)).all())
                .filteredOn(status -> !status.isAvailable())
                .isNotEmpty()
                .allSatisfy(status ->
                        assertThat(status.cause()).hasValue("open(" + missing + "): ENOENT No such file or directory"));
    }

    @Test
    void probe_functionNotInTheLibrary_absentWithTheCause() {
        kernel.on("spawn", arguments -> {
            throw new UnsatisfiedLinkError("undefined symbol: posix_spawn_file_actions_addclosefrom_np");
        });
        FeatureStatus status = KernelFeatures.probe(kernel.linux(ROOT)).status(Feature.POSIX_SPAWN_CLOSEFROM);
        assertThat(status.cause()).hasValue("undefined symbol: posix_spawn_file_actions_addclosefrom_np");
        assertThat(status)
                .hasToString("POSIX_SPAWN_CLOSEFROM: not available: undefined symbol: "
                        + "posix_spawn_file_actions_addclosefrom_np");
    }

    /** By number, over many probes: class loading and other tests open and close descriptors of their own meanwhile. */
    @Test
    void probe_runningKernel_leavesNoDescriptorAndNoChild() throws IOException {
        KernelFeatures first = KernelFeatures.probe(Linux.ofThisHost());
        long before = descriptors();
        for (int i = 0; i < PROBES; i++) {
            assertThat(KernelFeatures.probe(Linux.ofThisHost()).all()).isEqualTo(first.all());
        }
        assertThat(descriptors()).isLessThan(before + PROBES);
        assertThat(Path.of("/proc/thread-self/children")).hasContent("");
        assertThat(first.has(Feature.EVENTFD)).isTrue();
    }

    private static long descriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }

    private int opened() {
        int fd = next.incrementAndGet();
        open.add(fd);
        return fd;
    }

    private static boolean intoCgroup(Object... arguments) {
        return ((SpawnPlan) arguments[0]).cgroup().isPresent();
    }

    private static Integer failing(String syscall, Errno errno) throws ErrnoException {
        throw new ErrnoException(syscall, errno, "it");
    }
}
