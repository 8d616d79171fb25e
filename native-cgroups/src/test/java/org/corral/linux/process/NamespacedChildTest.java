package org.corral.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.corral.linux.raw.Constants.O_CREAT;
import static org.corral.linux.raw.Constants.O_WRONLY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.Assumptions;
import org.corral.core.ExitStatus;
import org.corral.core.isolator.Namespace;
import org.corral.linux.DiscardedThread;
import org.corral.linux.Feature;
import org.corral.linux.KernelFeatures;
import org.corral.linux.errno.Errno;
import org.corral.linux.event.Poller;
import org.corral.linux.namespace.HeldNamespaces;
import org.corral.linux.namespace.NewNamespaces;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class NamespacedChildTest {

    private static final Set<Namespace> ALL = EnumSet.allOf(Namespace.class);

    @TempDir
    Path directory;

    private final FaultyLinux kernel = new FaultyLinux();
    private Poller poller;
    private Path out;

    @BeforeEach
    void start() throws Exception {
        for (Feature feature : List.of(
                Feature.MOUNT_NAMESPACE,
                Feature.UTS_NAMESPACE,
                Feature.IPC_NAMESPACE,
                Feature.NETWORK_NAMESPACE,
                Feature.PID_NAMESPACE)) {
            Assumptions.assumeThat(KernelFeatures.probe(kernel.linux(), feature).cause())
                    .isEmpty();
        }
        poller = Poller.start(kernel.linux());
        out = directory.resolve("out");
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        if (poller != null) {
            poller.close();
        }
        assertThat(kernel.openDescriptors()).isEmpty();
        assertThat(directory.resolve("gate")).doesNotExist();
        assertThat(directory.resolve("gate-2")).doesNotExist();
    }

    private SpawnPlan script(String text) {
        return new SpawnPlan(
                "/bin/sh",
                List.of("sh", "-c", text),
                List.of("PATH=/usr/bin:/bin"),
                List.of(new Action.Open(1, out.toString(), O_WRONLY | O_CREAT, 0600), new Action.CloseFrom(3)),
                true);
    }

    private GatedChild start(Set<Namespace> kinds, String text) throws IOException {
        Gate gate = Gate.create(kernel.linux(), directory);
        return GatedChild.start(kernel.linux(), poller, gate, script(text), new NewNamespaces(kernel.linux(), kinds));
    }

    private static Optional<ExitStatus> exitOf(GatedChild child) throws Exception {
        return child.exit().toCompletableFuture().get();
    }

    @Test
    void release_everyNamespace_isTheChildsOwn() throws Exception {
        GatedChild child = start(ALL, "for n in mnt uts ipc net pid; do readlink /proc/self/ns/$n; done");

        child.release();

        assertThat(exitOf(child)).contains(new ExitStatus.Exited(0));
        List<String> its = Files.readAllLines(out);
        assertThat(its).hasSize(5);
        for (Namespace kind : ALL) {
            assertThat(its).doesNotContain(link(kind));
        }
    }

    private static String link(Namespace kind) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc/self/ns/" + kind.file())).toString();
    }

    @Test
    void release_gateAndOutputHiddenByItsMounts_areTheHosts() throws Exception {
        GatedChild child = start(Set.of(Namespace.MOUNT), "ls -A " + directory);
        mountOver(child);

        child.release();

        assertThat(exitOf(child)).contains(new ExitStatus.Exited(0));
        assertThat(out).isEmptyFile(); // which lists what the child sees there: nothing
    }

    private void mountOver(GatedChild child) throws IOException {
        Set<Namespace> kinds = Set.of(Namespace.MOUNT);
        try (HeldNamespaces held = GatedNamespaces.of(kernel.linux(), child.pid(), kinds)) {
            assertThat(held.kinds()).isEqualTo(kinds);
            DiscardedThread.run(() -> {
                held.enter();
                kernel.linux().namespaces().mount("corral", directory.toString(), "tmpfs", 0, null);
            });
        }
        assertThat(directory.resolve("gate")).exists();
    }

    @Test
    void start_besideAnother_isInItsNamespaces() throws Exception {
        GatedChild first = start(ALL, "true");
        try (HeldNamespaces held = GatedNamespaces.of(kernel.linux(), first.pid(), ALL)) {
            Gate gate = Gate.createSecond(kernel.linux(), directory);
            GatedChild second =
                    GatedChild.start(kernel.linux(), poller, gate, script("readlink /proc/self/ns/uts; echo $$"), held);
            second.release();
            assertThat(exitOf(second)).contains(new ExitStatus.Exited(0));
        }
        Path uts = Files.readSymbolicLink(Path.of("/proc/" + first.pid() + "/ns/uts"));
        assertThat(Files.readAllLines(out)).containsExactly(uts.toString(), "2");
        first.abort();
        exitOf(first);
    }

    @Test
    void start_namespacesRefused_failsWithTheRemedy() {
        for (Errno errno : List.of(Errno.EPERM, Errno.ENOSPC, Errno.EINVAL, Errno.ENOMEM)) {
            kernel.fail("unshare", errno);
            assertThatThrownBy(() -> start(Set.of(Namespace.NETWORK, Namespace.UTS), "true"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("namespaces of the container's own (net, uts) cannot be made")
                    .hasMessageContaining(errno.toString());
        }
    }

    @Test
    void start_mountsCannotBeMadeItsOwn_fails() {
        kernel.fail("mount", Errno.EACCES);

        assertThatThrownBy(() -> start(Set.of(Namespace.MOUNT), "true")).hasMessageContaining("EACCES");
    }

    @Test
    void namespaces_ofAChildWithoutItsOwn_areRefused() throws Exception {
        GatedChild child = start(Set.of(Namespace.UTS), "true");

        assertThatThrownBy(() -> GatedNamespaces.of(kernel.linux(), child.pid(), ALL))
                .hasMessageMatching("process " + child.pid() + " has no (mnt|ipc|net|pid) namespace of its own");

        child.abort();
        exitOf(child);
    }

    @Test
    void namespaces_ofAChildThatHasPassedItsGate_areRefused() throws Exception {
        GatedChild child = start(Set.of(Namespace.UTS), "exec sleep 60");
        child.release();

        assertThatThrownBy(() -> GatedNamespaces.of(kernel.linux(), child.pid(), Set.of(Namespace.UTS)))
                .hasMessage("process " + child.pid() + " does not wait at its gate any more");

        child.signal(9);
        exitOf(child);
        assertThatThrownBy(() -> GatedNamespaces.of(kernel.linux(), child.pid(), Set.of(Namespace.UTS)))
                .hasMessageContaining("does not wait at its gate any more");
    }

    @Test
    void namespaces_thatItIsStillTheChildCannotBeTold_areLetGoOf() throws Exception {
        GatedChild child = start(Set.of(Namespace.UTS), "true");
        kernel.fail("pidfdSendSignal", Errno.EINVAL);

        assertThatThrownBy(() -> GatedNamespaces.of(kernel.linux(), child.pid(), Set.of(Namespace.UTS)))
                .hasMessageContaining("EINVAL"); // and no descriptor is left open

        kernel.repair("pidfdSendSignal");
        child.abort();
        exitOf(child);
    }

    @Test
    void descriptor_kindThatIsNotHeld_isRefused() throws Exception {
        GatedChild child = start(Set.of(Namespace.UTS), "true");
        try (HeldNamespaces held = GatedNamespaces.of(kernel.linux(), child.pid(), Set.of(Namespace.UTS))) {
            assertThat(held.descriptor(Namespace.UTS)).isPositive();
            assertThatThrownBy(() -> held.descriptor(Namespace.PID)).hasMessage("no pid namespace is held");
        }
        child.abort();
        exitOf(child);
    }
}
