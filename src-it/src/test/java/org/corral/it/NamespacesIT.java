package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.corral.containerizer.CorralOptions;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorOption;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.TerminationReason;
import org.corral.it.conformance.MesosBehaviour;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Parts of the host that containers have for themselves. */
@ExtendWith(LeakCheck.class)
@Requires({Need.ROOT, Need.GATE, Need.PIDFD})
class NamespacesIT {

    @TempDir
    Path directory;

    private static Host open(TestRoot root, String isolation, String... isolatorOptions) throws IOException {
        return Host.open(root, options -> options(options, isolation, isolatorOptions));
    }

    private static CorralOptions options(CorralOptions options, String isolation, String... isolatorOptions) {
        return options.withIsolation(Isolation.parse(isolation))
                .withIsolatorOptions(Arrays.stream(isolatorOptions)
                        .map(IsolatorOption::parse)
                        .toList());
    }

    private static String printed(Host host, String name, LaunchRequest.Builder request) throws IOException {
        assertThat(host.run(name, request.directory(Path.of("/"))).status()).contains(new ExitStatus.Exited(0));
        return host.output(name).strip();
    }

    private static String link(String kind) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/ns/" + kind)).toString();
    }

    private static void assertOwn(Host host, String kind) throws IOException {
        assertThat(printed(host, "link", Host.command("readlink", "/proc/self/ns/" + kind)))
                .startsWith(kind + ":[")
                .isNotEqualTo(link(kind));
    }

    @Test
    @Requires(Need.OWN_HOST_NAME)
    void hostName_isTheContainersId_andTheHostKeepsItsOwn(TestRoot root) throws Exception {
        String before = Files.readString(Path.of("/proc/sys/kernel/hostname"));
        try (Host host = open(root, "auto,namespaces/uts")) {
            assertThat(printed(host, "web-1", Host.command("cat", "/proc/sys/kernel/hostname")))
                    .isEqualTo("web-1");
            assertOwn(host, "uts");
        }
        try (Host host = open(root, "posix/cpu,namespaces/uts", "namespaces/uts:hostname=build.example")) {
            assertThat(printed(host, "web-1", Host.command("cat", "/proc/sys/kernel/hostname")))
                    .isEqualTo("build.example");
        }
        assertThat(Path.of("/proc/sys/kernel/hostname")).hasContent(before.strip());
    }

    @Test
    @Requires(Need.OWN_NETWORK)
    void network_hasLoopbackUpAndNothingElse(TestRoot root) throws Exception {
        try (Host host = open(root, "auto,namespaces/net")) {
            assertOwn(host, "net");
            String devices = printed(host, "devices", Host.shell("sed 1,2d /proc/net/dev"));
            assertThat(devices.lines()).isNotEmpty().allSatisfy(line -> assertThat(line.strip())
                    .matches("(lo|sit0|tunl0|ip6tnl0|gre0|gretap0|erspan0|ip_vti0|ip6_vti0|ip6gre0|teql0):.*"));
            // An address of lo is a local route only while the device is up (fib_trie of proc(5)).
            assertThat(printed(host, "routes", Host.command("cat", "/proc/net/fib_trie")))
                    .contains("127.0.0.1");
        }
    }

    @Test
    @Requires({Need.OWN_IPC, Need.OWN_MOUNTS})
    void sharedMemory_isTheContainersOwn(TestRoot root) throws Exception {
        Path host = Path.of("/dev/shm/corral-it-" + root.cgroup().replace('/', '-'));
        try (Host open = open(root, "auto,namespaces/ipc")) {
            Files.createFile(host);
            assertOwn(open, "ipc");
            assertThat(printed(open, "shm", Host.shell("echo x > /dev/shm/inside; ls -A /dev/shm")))
                    .isEqualTo("inside");
            assertThat(Path.of("/dev/shm/inside")).doesNotExist();
        } finally {
            Files.deleteIfExists(host);
        }
    }

    @Test
    @Requires({Need.OWN_PIDS, Need.OWN_MOUNTS, Need.PROC_PIDNS})
    void processIds_areTheContainersOwn_withTheirProc(TestRoot root) throws Exception {
        try (Host host = open(root, "auto,namespaces/pid")) {
            assertOwn(host, "pid");
            assertThat(printed(host, "ids", Host.shell("echo $$; set -- /proc/[0-9]*; echo $#; cat /proc/1/comm")))
                    .isEqualTo("1\n1\nsh");
        }
    }

    @Test
    @Requires({Need.OWN_PIDS, Need.OWN_MOUNTS, Need.PROC_PIDNS})
    void processIds_destroyed_nothingIsLeft(TestRoot root) throws Exception {
        try (Host host = open(root, "posix/cpu,namespaces/pid")) {
            ContainerId id = host.launch(
                    "tree", Host.shell("setsid sleep 1000 & sleep 1000").directory(Path.of("/")));
            assertThat(host.destroy(id).reason()).isEqualTo(TerminationReason.DESTROYED);
        } // and the check for leaks finds no process of another session
    }

    @Test
    @Requires(Need.OWN_MOUNTS)
    void temporaryDirectory_isEmptyAndGoesWithTheContainer(TestRoot root) throws Exception {
        Path seen = Files.createTempFile("corral-it", "");
        try (Host host = open(root, "auto,filesystem/private", "filesystem/private:tmp-size=1M")) {
            assertThat(printed(host, "tmp", Host.shell("ls -A /tmp; touch /tmp/inside; ls /tmp; stat -c %a /tmp")))
                    .isEqualTo("inside\n1777");
            assertThat(Path.of("/tmp/inside")).doesNotExist();
            assertThat(host.run(
                                    "full",
                                    Host.shell("head -c 2M /dev/zero > /tmp/big")
                                            .directory(Path.of("/")))
                            .status())
                    .isNotEqualTo(Optional.of(new ExitStatus.Exited(0)));
            assertOwn(host, "mnt");
        } finally {
            Files.delete(seen);
        }
    }

    @Test
    @Requires(Need.OWN_MOUNTS)
    @MesosBehaviour(93)
    void readOnlyDirectories_canBeReadAndNotWritten(TestRoot root) throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "text");
        String readOnly = "filesystem/private:read-only=" + directory;
        try (Host host = open(root, "auto,filesystem/private", readOnly, "filesystem/private:tmp=/var/tmp")) {
            assertThat(printed(
                            host,
                            "ro",
                            Host.shell("cat " + file + "; echo x 2>/dev/null > " + file + " || echo; echo refused")))
                    .isEqualTo("text\nrefused");
        }
        assertThat(file).hasContent("text");
        Files.writeString(file, "the host may still write");
    }

    @Test
    @Requires(Need.OWN_MOUNTS)
    void workingDirectoryThatIsHidden_isRefusedBeforeAnythingRuns(TestRoot root) throws Exception {
        Path hidden = Files.createTempDirectory("corral-it");
        try (Host host = open(root, "auto,filesystem/private")) {
            assertThatThrownBy(() -> host.launch("hidden", Host.command("true").directory(hidden)))
                    .isInstanceOf(LaunchException.class)
                    .hasMessageContainingAll(hidden.toString(), "hidden", "/tmp");
            assertThat(host.containers().containers()).isEmpty();
        } finally {
            Files.delete(hidden);
        }
    }

    @Test
    @Requires({Need.OWN_HOST_NAME, Need.OWN_MOUNTS, Need.PIDS})
    void agentWithOtherIsolators_takesTheContainerOverAndEndsIt(TestRoot root) throws Exception {
        String isolation = "auto,namespaces/uts,filesystem/private";
        try (Cli cli = new Cli(root)) {
            String[] command = {"--id", "long", "--isolation", isolation, "--directory", "/", "--", "sleep", "1000"};
            Process agent = cli.start("run", command);
            cli.awaitRunning("long", "sleep");
            agent.destroyForcibly().waitFor();
        }
        try (Host host = open(root, "auto")) {
            ContainerId id = ContainerId.of("long");
            assertThat(host.containers().recover()).containsExactly(id);
            assertThat(host.destroy(id).reason()).isEqualTo(TerminationReason.DESTROYED);
        }
    }

    @Test
    void optionsThatCannotBe_areRefused(TestRoot root) {
        for (String option : List.of(
                "namespaces/uts:hostname=a b",
                "filesystem/private:tmp=relative",
                "filesystem/private:read-only=/no/such/directory",
                "filesystem/private:tmp-size=much")) {
            assertThatThrownBy(() -> open(root, "posix/cpu,namespaces/uts,filesystem/private", option)
                            .close())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(option.substring(0, option.indexOf('=')));
        }
    }
}
