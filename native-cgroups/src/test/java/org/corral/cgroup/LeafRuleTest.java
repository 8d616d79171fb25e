package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.corral.testing.FakeProcess;
import org.corral.testing.ProcFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeafRuleTest {

    @TempDir
    private Path root;

    private FakeLinux kernel;
    private FakeHierarchy unified;
    private FakeProcess self;

    @BeforeEach
    void boot() {
        Host.Booted booted = Host.V2.boot(root);
        kernel = booted.kernel();
        unified = booted.hierarchies().get(0);
        unified.make("/delegated");
        self = kernel.startSelf();
    }

    private CgroupTree tree(String path) {
        return new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/delegated/corral", "/delegated/deep/corral"})
    void create_thisProcessAloneAbove_movesToALeafBesideTheContainers(String path) throws Exception {
        self.moveTo(unified.at("/delegated"));

        tree(path).create("a", "").close();

        assertThat(unified.at("/delegated/agent").pids()).containsExactly(FakeLinux.OWN_PID);
        assertThat(unified.at(path + "/a").file("cgroup.controllers")).isEqualTo("cpu cpuset memory pids");
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void create_again_staysInTheLeaf() throws Exception {
        self.moveTo(unified.at("/delegated"));
        tree("/delegated/corral").create("a", "").close();
        kernel.calls().clear();

        tree("/delegated/corral").create("b", "").close();

        assertThat(unified.at("/delegated/agent").pids()).containsExactly(FakeLinux.OWN_PID);
        assertThat(kernel.calls().recorded("write")).isEmpty();
    }

    @Test
    void create_leafOfAnEarlierAgent_used() throws Exception {
        self.moveTo(unified.at("/delegated"));
        FakeProcess earlier = kernel.start();
        earlier.moveTo(unified.make("/delegated/agent"));

        tree("/delegated/corral").create("a", "").close();

        assertThat(unified.at("/delegated/agent").pids()).containsExactly(earlier.pid(), FakeLinux.OWN_PID);
    }

    @Test
    void create_rootOfANamespace_movesToo() throws Exception {
        unified.namespaced();

        tree("/corral").create("a", "").close();

        assertThat(unified.at("/agent").pids()).containsExactly(FakeLinux.OWN_PID);
        assertThat(unified.at("/corral/a").file("memory.max")).isEqualTo("max");
    }

    @Test
    void create_realRootHoldsProcesses_nobodyMoves() throws Exception {
        kernel.start();

        tree("/corral").create("a", "").close();

        assertThat(unified.find("/agent")).isEmpty();
        assertThat(unified.at("/").pids()).contains(FakeLinux.OWN_PID);
    }

    @Test
    void create_noControllerToSwitchOn_nobodyMoves() throws Exception {
        self.moveTo(unified.at("/delegated"));
        CgroupLayout freezerAlone = new CgroupLayout(
                List.of(unified.described()), Map.of(Controller.FREEZER, unified.described()), Map.of());

        new CgroupTree(kernel.linux(), freezerAlone, CgroupPath.of("/delegated/corral"))
                .create("a", "")
                .close();

        assertThat(unified.at("/delegated").pids()).containsExactly(FakeLinux.OWN_PID);
        assertThat(unified.find("/delegated/corral/a")).isPresent();
    }

    @Test
    void create_othersInItToo_refusedNamingThemAndNothingDone() throws Exception {
        self.moveTo(unified.at("/delegated"));
        for (int i = 0; i < 7; i++) {
            FakeProcess other = kernel.start();
            other.moveTo(unified.at("/delegated"));
            new ProcFixture(root).process(other.pid(), "sleep" + i, 'S', 1, 1);
        }

        assertThatExceptionOfType(InternalProcessesException.class)
                .isThrownBy(() -> tree("/delegated/corral").create("a", ""))
                .withMessageContaining("/sys/fs/cgroup/delegated holds processes (this process, 100 (sleep0), ")
                .withMessageContaining("104 (sleep4) and 2 more)")
                .withMessageContaining("move them to a cgroup below it")
                .withMessageContaining("DelegateSubgroup=agent")
                .satisfies(e -> assertThat(e.others()).containsExactly(100, 101, 102, 103, 104, 105, 106))
                .matches(e -> e.cgroup().equals("/sys/fs/cgroup/delegated"));

        assertThat(unified.at("/delegated").children()).isEmpty();
        assertThat(unified.at("/delegated").pids()).contains(FakeLinux.OWN_PID);
        assertThat(unified.at("/").file("cgroup.subtree_control")).isEmpty();
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void create_processesOfAnotherPidNamespace_refused() {
        unified.at("/delegated").fakeProcs("0\n0");

        assertThatExceptionOfType(InternalProcessesException.class)
                .isThrownBy(() -> tree("/delegated/corral").create("a", ""))
                .withMessageContaining("(0)")
                .satisfies(e -> assertThat(e.others()).containsExactly(0));
    }

    @Test
    void create_thisProcessInTheRootItself_refusedForItsLeafWouldBeAmongTheContainers() {
        self.moveTo(unified.at("/delegated"));

        assertThatExceptionOfType(InternalProcessesException.class)
                .isThrownBy(() -> tree("/delegated").create("a", ""))
                .withMessageContaining("(this process)")
                .satisfies(e -> assertThat(e.others()).isEmpty());
        assertThat(unified.at("/delegated").children()).isEmpty();
    }

    @Test
    void create_anotherProcessComesMeanwhile_refused() {
        self.moveTo(unified.at("/delegated"));
        kernel.calls()
                .before("write", "agent/cgroup.procs", () -> kernel.start().moveTo(unified.at("/delegated")));

        assertThatExceptionOfType(InternalProcessesException.class)
                .isThrownBy(() -> tree("/delegated/corral").create("a", ""))
                .satisfies(e -> assertThat(e.others()).hasSize(1));
    }

    @Test
    void create_moveRefused_toldAndTheLeafRemoved() {
        self.moveTo(unified.at("/delegated"));
        kernel.calls().failNext("write", "agent/cgroup.procs", Errno.EACCES);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> tree("/delegated/corral").create("a", ""))
                .withMessageContaining("/delegated/agent/cgroup.procs")
                .matches(e -> e.is(Errno.EACCES));
        assertThat(unified.at("/delegated").children()).isEmpty();
    }

    @Test
    void create_moveAndRemovalOfTheLeafFail_bothTold() {
        self.moveTo(unified.at("/delegated"));
        kernel.calls().failNext("write", "agent/cgroup.procs", Errno.EACCES);
        kernel.calls().failNext("rmdir", "agent", Errno.EIO);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> tree("/delegated/corral").create("a", ""))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void create_moveIntoAnEarlierLeafRefused_theLeafStays() {
        self.moveTo(unified.at("/delegated"));
        unified.make("/delegated/agent");
        kernel.calls().failNext("write", "agent/cgroup.procs", Errno.EBUSY);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> tree("/delegated/corral").create("a", ""));
        assertThat(unified.find("/delegated/agent")).isPresent();
    }

    @Test
    void create_leafCannotBeMade_told() {
        self.moveTo(unified.at("/delegated"));
        kernel.calls().failNext("mkdirat", "agent", Errno.EROFS);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> tree("/delegated/corral").create("a", ""))
                .matches(e -> e.is(Errno.EROFS));
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void create_failsAfterTheMove_movedForGoodAndTheRestUndone() {
        self.moveTo(unified.at("/delegated"));
        kernel.calls().failNext("fsetxattr", "", Errno.ENOSPC);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> tree("/delegated/corral").create("a", ""));

        assertThat(unified.at("/delegated").children()).containsExactly("agent");
        assertThat(unified.at("/delegated/agent").pids()).containsExactly(FakeLinux.OWN_PID);
        assertThat(unified.at("/delegated").file("cgroup.subtree_control")).isEmpty();
    }

    @Test
    void internalProcesses_thisProcessAlone_toldWithItsLeafAndNothingDone() throws Exception {
        self.moveTo(unified.at("/delegated"));

        InternalProcesses found = tree("/delegated/corral").internalProcesses().orElseThrow();

        assertThat(found.leaf()).contains("/sys/fs/cgroup/delegated/agent");
        assertThat(found.consequence())
                .startsWith("this process moves to /sys/fs/cgroup/delegated/agent with its first container");
        assertThat(unified.at("/delegated").children()).isEmpty();
        assertThat(kernel.calls().recorded("write")).isEmpty();
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    @Test
    void internalProcesses_anotherInTheRoot_told() throws Exception {
        kernel.start().moveTo(unified.make("/delegated/corral"));

        InternalProcesses found = tree("/delegated/corral").internalProcesses().orElseThrow();

        assertThat(found.leaf()).isEmpty();
        assertThat(found.consequence()).startsWith("/sys/fs/cgroup/delegated/corral holds processes (100), and");
    }

    @Test
    void internalProcesses_noneInTheWay_empty() throws Exception {
        assertThat(tree("/delegated/corral").internalProcesses()).isEmpty();
        assertThat(tree("/none/at/all").internalProcesses()).isEmpty();
        assertThat(Host.V1_SEPARATE.boot(root).tree().internalProcesses()).isEmpty();
    }
}
