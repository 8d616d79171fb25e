package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.InternalProcessesException;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.LayoutDiscovery;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.LaunchOutcome;
import org.corral.linux.Linux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Containers in containers: refused as such, and possible in the layer of cgroups where the outer one holds no process. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.PIDS})
class NestedContainersIT {

    private TestRoot root;
    private Host host;

    @BeforeEach
    void open(TestRoot own) throws IOException {
        root = own;
        host = Host.open(own);
    }

    @AfterEach
    void close() throws IOException {
        host.close();
    }

    @Test
    void launch_nestedId_refusedAndTheContainerOfItsNameUntouched() throws Exception {
        ContainerId web = host.launch("web", Host.command("sleep", "1000"));
        int pid = host.pid(web);

        LaunchOutcome outcome = host.containers()
                .launch(
                        ContainerId.of("outer").child("web"),
                        Host.command("true").build());

        assertThat(outcome).isEqualTo(LaunchOutcome.NOT_SUPPORTED);
        assertThat(ProcFiles.isAlive(pid)).isTrue();
        assertThat(host.containers().containers()).containsExactly(web);
    }

    @Test
    void recover_nestedCheckpointOfADeadAgent_theContainerOfItsNameUntouched() throws Exception {
        ContainerId web = host.launch("web", Host.command("sleep", "1000"));
        int pid = host.pid(web);
        StateStore store = new StateStore(Host.stateOf(root).resolve(root.stateFolder()));
        ContainerId nested = ContainerId.of("outer").child("web");
        store.claim(nested(nested, store.find(web).orElseThrow()));

        try (Host other = Host.open(root)) {
            assertThat(other.containers().recover()).isEmpty();
        }

        assertThat(ProcFiles.isAlive(pid)).isTrue();
        assertThat(Files.readString(host.cgroup(web, "pids").resolve("cgroup.procs"))
                        .strip())
                .isEqualTo(String.valueOf(pid));
        assertThat(store.find(nested)).isPresent();
        store.remove(nested);
    }

    private static Checkpoint nested(ContainerId id, Checkpoint like) {
        return new Checkpoint(
                Checkpoint.VERSION,
                id,
                like.bootId(),
                new ProcessIdentity(like.owner().pid(), 1),
                Optional.empty(),
                like.root(),
                like.isolation(),
                like.resources(),
                List.of("/bin/true"),
                Optional.empty(),
                Instant.now(),
                false,
                Optional.empty());
    }

    @Test
    @Requires(Need.V2_PIDS)
    void create_belowAContainerThatRuns_refusedNamingItsProcess() throws Exception {
        ContainerId outer = host.launch("outer", Host.command("sleep", "1000"));
        int pid = host.pid(outer);
        // execve(2) lets go of its caller before the new name is in place.
        Eventually.holds("it is sleep", () -> ProcFiles.read(pid, "comm").equals("sleep"));

        InternalProcessesException e = catchThrowableOfType(
                InternalProcessesException.class, () -> inside("outer").create("inner", "test"));

        assertThat(e.others()).containsExactly(pid);
        assertThat(e).hasMessageContaining(pid + " (sleep)").hasMessageContaining("move them to a cgroup below it");
        assertThat(host.cgroup(outer, "pids").resolve("inner")).doesNotExist();
        assertThat(Files.readString(host.cgroup(outer, "pids").resolve("cgroup.subtree_control"))
                        .strip())
                .isEmpty();
    }

    @Test
    @Requires(Need.V2_PIDS)
    void create_belowACgroupWhoseProcessesAreInALeaf_made() throws Exception {
        ContainerId outer = host.launch("outer", Host.command("sleep", "1000"));
        DelegatedCgroup.write(
                Files.createDirectory(host.cgroup(outer, "pids").resolve("leaf")),
                "cgroup.procs",
                String.valueOf(host.pid(outer)));

        try (Cgroup inner = inside("outer").create("inner", "test")) {
            assertThat(Files.readString(host.cgroup(outer, "pids").resolve("inner/pids.max"))
                            .strip())
                    .isEqualTo("max");
            assertThat(inner.allPids()).isEmpty();
        }
        assertThat(host.destroy(outer).id()).isEqualTo(outer);
        assertThat(host.cgroup(outer, "pids").resolve("inner")).doesNotExist();
    }

    private CgroupTree inside(String outer) throws IOException {
        Linux linux = Linux.ofThisHost();
        return new CgroupTree(
                linux,
                LayoutDiscovery.discover(linux).only(Set.of(Controller.PIDS)),
                CgroupPath.of(root.cgroup()).child(outer));
    }
}
