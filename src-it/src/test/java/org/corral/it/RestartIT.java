package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.corral.containerizer.CorralOptions;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.state.BootId;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.it.conformance.MesosBehaviour;
import org.corral.linux.Linux;
import org.corral.linux.process.PidFd;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An agent stops, and another one comes: as it was, on a host that was restarted, with other isolators, beside others. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.CPU, Need.FREEZER, Need.MEMORY})
class RestartIT {

    private static final ContainerId ID = ContainerId.of("old");
    private static final int SIGKILL = 9;
    private static final String OWN_PIDS = "auto,namespaces/pid";
    private static final String SLEEPING = "exec sleep 1000";

    private TestRoot root;

    @BeforeEach
    void open(TestRoot own) {
        root = own;
    }

    /** Has an agent launch a container and die. {@return its first process} */
    private int leave() throws Exception {
        return LeavingAgent.leave(root, root.cgroup(), "auto", SLEEPING, ID.value())
                .get(0);
    }

    /** Does to what is left of the container what a restart of the host does: all is gone but what is written down. */
    private void reboot(int pid, ProcessIdentity nowOfThatPid) throws Exception {
        try (PidFd process = PidFd.open(Linux.ofThisHost(), pid).orElseThrow()) {
            process.signal(SIGKILL);
        }
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            Path cgroup = mount.directory(root).resolve(ID.value());
            Eventually.holds(
                    "it is gone", () -> !Files.exists(cgroup) || cgroup.toFile().delete());
        }
        Path file = Host.stateOf(root)
                .resolve(root.stateFolder())
                .resolve(ID.value())
                .resolve("state.json");
        String number = "\"pid\":";
        String state = Files.readString(file)
                .replace(BootId.of(Linux.ofThisHost()), "00000000-0000-4000-8000-000000000000")
                .replaceAll(
                        number + pid + ",\"startTicks\":\\d+",
                        number + nowOfThatPid.pid() + ",\"startTicks\":" + nowOfThatPid.startTicks());
        assertThat(state).contains(number + nowOfThatPid.pid());
        Files.writeString(file, state);
    }

    @Test
    @MesosBehaviour({29, 30})
    void recover_hostRestartedAndPidUsedByAnother_nothingIsFoundAndTheOtherLives() throws Exception {
        Process other = new ProcessBuilder("sleep", "1000").start();
        try (Host host = Host.open(root)) {
            int pid = leave();
            reboot(
                    pid,
                    ProcessIdentity.of(Linux.ofThisHost(), (int) other.pid()).orElseThrow());
            assertThat(host.containers().recover()).isEmpty();
            assertThat(host.containers().containers()).isEmpty();
            assertThat(host.corral().list()).isEmpty();
            assertThat(other.isAlive()).isTrue();
            assertThat(host.run(ID.value(), Host.shell("exit 3")).status()).hasValue(new ExitStatus.Exited(3));
        } finally {
            Processes.end(other);
        }
    }

    @Test
    @MesosBehaviour(32)
    void recover_directoryWithoutCheckpoint_isNoContainerAndInNobodysWay() throws Exception {
        leave();
        Path store = Host.stateOf(root).resolve(root.stateFolder());
        Files.createDirectory(store.resolve("empty"));
        try (Host host = Host.open(root)) {
            assertThat(host.containers().recover()).containsExactly(ID);
            assertThat(store.resolve("empty")).doesNotExist();
            assertThat(host.run("empty", Host.command("true")).status()).hasValue(new ExitStatus.Exited(0));
        }
    }

    @Test
    @MesosBehaviour(34)
    void recover_withMoreIsolators_oldContainerIsAsBeforeAndNewOnesHaveAll() throws Exception {
        LeavingAgent.leave(root, root.cgroup(), "cgroups/cpu", SLEEPING, ID.value());
        try (Host host =
                Host.open(root, options -> options.withIsolation(Isolation.parse("cgroups/cpu,cgroups/mem")))) {
            assertThat(host.containers().recover()).containsExactly(ID);
            assertThat(host.containers().usage(ID).cpu()).isPresent();
            assertThat(host.containers().usage(ID).memory()).isEmpty();
            ContainerId young = host.launch("new", Host.command("sleep", "1000").resources(LeavingAgent.RESOURCES));
            assertThat(host.containers().usage(young).memory().orElseThrow().limitBytes())
                    .hasValue(64 << 20);
            host.destroy(ID);
            assertThat(host.containers().containers()).containsExactly(young);
        }
    }

    @Test
    @Requires({Need.ROOT, Need.OWN_PIDS, Need.OWN_MOUNTS, Need.PROC_PIDNS})
    @MesosBehaviour(37)
    void destroy_pidNamespacesAddedOrLeftOut_allOfItEnds() throws Exception {
        for (List<String> change : List.of(List.of("auto", OWN_PIDS), List.of(OWN_PIDS, "auto"))) {
            int pid = LeavingAgent.leave(root, root.cgroup(), change.get(0), "sleep 1000 & sleep 1000", ID.value())
                    .get(0);
            Isolation isolation = Isolation.parse(change.get(1));
            try (Host host = Host.open(root, options -> options.withIsolation(isolation))) {
                assertThat(host.containers().recover()).containsExactly(ID);
                host.destroy(ID);
                assertThat(host.cgroup(ID, "cpu")).doesNotExist();
            }
            assertThat(ProcFiles.isAlive(pid)).isFalse();
        }
    }

    @Test
    @MesosBehaviour(38)
    void recover_containerEndedBefore_isNotFoundAndNothingIsLeft() throws Exception {
        try (Host host = Host.open(root)) {
            host.run(ID.value(), Host.command("true"));
            host.leave();
        }
        try (Host host = Host.open(root)) {
            assertThat(host.containers().recover()).isEmpty();
            assertThat(host.corral().list()).isEmpty();
            assertThat(Files.exists(host.cgroup(ID, "cpu"))).isFalse();
        }
    }

    @Test
    @MesosBehaviour(40)
    void recover_twoAgentsWithContainersOfTheSameNames_eachFindsItsOwn() throws Exception {
        String[] names = {ID.value(), "older"};
        LeavingAgent.leave(root, root.cgroup() + "/a", "auto", SLEEPING, names);
        LeavingAgent.leave(root, root.cgroup() + "/b", "auto", SLEEPING, names);
        try (Host first = Host.open(root, below("a"));
                Host second = Host.open(root, below("b"))) {
            assertThat(first.containers().recover()).containsExactlyInAnyOrder(ID, ContainerId.of("older"));
            first.destroy(ID);
            assertThat(second.containers().recover()).containsExactlyInAnyOrder(ID, ContainerId.of("older"));
            assertThat(ProcFiles.isAlive(second.pid(ID))).isTrue();
        }
    }

    private UnaryOperator<CorralOptions> below(String name) throws IOException {
        String path = root.cgroup() + "/" + name;
        return options -> options.withRoot(path);
    }

    @Test
    @MesosBehaviour(43)
    void checkpoint_written_isReadBackByAnother() throws Exception {
        int pid = leave();
        try (Host host = Host.open(root)) {
            Checkpoint checkpoint = host.corral().list().get(0);
            assertThat(checkpoint.id()).isEqualTo(ID);
            assertThat(checkpoint.init().orElseThrow().pid()).isEqualTo(pid);
            assertThat(checkpoint.resources()).isEqualTo(LeavingAgent.RESOURCES);
            assertThat(checkpoint.command()).containsExactly("sh", "-c", SLEEPING);
            assertThat(host.containers().recover()).containsExactly(ID);
        }
    }

    /** Its name is the whole of it: no table says where a container is. */
    @Test
    @MesosBehaviour(102)
    void id_inPathsAndBack_isTheSame() throws Exception {
        ContainerId id = ContainerId.of("Web-1.b_c");
        LeavingAgent.leave(root, root.cgroup(), "auto", SLEEPING, id.value());
        try (Host host = Host.open(root)) {
            assertThat(host.cgroup(id, "cpu")).isDirectory().endsWith(Path.of("Web-1.b_c"));
            assertThat(Host.stateOf(root).resolve(root.stateFolder()).resolve("Web-1.b_c"))
                    .isDirectory();
            assertThat(host.containers().recover()).containsExactly(id);
        }
    }
}
