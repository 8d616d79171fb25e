package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.controller.CpusetController;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.it.conformance.MesosBehaviour;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.process.ProcessGoneException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The handle of a container's cgroup, in all hierarchies of this host. */
@ExtendWith(LeakCheck.class)
@Requires({Need.PIDFD, Need.CPU, Need.MEMORY, Need.PIDS, Need.FREEZER, Need.CPUSET})
class CgroupIT {

    private OneCgroup one;
    private Cgroup cgroup;
    private CgroupTree tree;
    private TestRoot root;

    @BeforeEach
    void create(TestRoot own) throws IOException {
        root = own;
        one = OneCgroup.create(own);
        cgroup = one.cgroup();
        tree = one.tree();
    }

    @AfterEach
    void close() throws Exception {
        one.close();
    }

    @Test
    void create_always_inEveryBoundHierarchy() throws Exception {
        for (Hierarchy hierarchy : tree.layout().boundHierarchies()) {
            assertThat(hierarchy
                            .mountPoint()
                            .resolve(root.cgroup().substring(1))
                            .resolve(OneCgroup.NAME))
                    .isDirectory();
        }
        assertThat(cgroup.directories()).hasSameSizeAs(tree.layout().boundHierarchies());
    }

    @Test
    void create_thereAlready_refusedAndUntouched() throws Exception {
        Process inside = one.attached("sleep", "1000");
        ErrnoException e = catchThrowableOfType(ErrnoException.class, () -> tree.create(OneCgroup.NAME, "other"));
        assertThat(e.errno()).isEqualTo(Errno.EEXIST);
        assertThat(e).hasMessageContaining(OneCgroup.NAME);
        assertThat(cgroup.pids()).containsExactly((int) inside.pid());
        assertThat(cgroup.owner()).hasValue("test");
    }

    @Test
    void create_thereInOneHierarchyAlone_nothingIsLeftInTheOthers() throws Exception {
        Path single = Files.createDirectory(one.path("pids").resolveSibling("half"));
        assertThat(catchThrowableOfType(ErrnoException.class, () -> tree.create("half", "test")))
                .isNotNull();
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            Path half = mount.directory(root).resolve("half");
            assertThat(Files.exists(half)).as(half.toString()).isEqualTo(half.equals(single));
        }
        Files.delete(single);
    }

    @Test
    void create_deepRoot_everyLevelIsMadeAndRemoved() throws Exception {
        CgroupPath deep = tree.root().child("a").child("b");
        CgroupTree below = new CgroupTree(tree.linux(), tree.layout(), deep);
        try (Cgroup nested = below.create("c", "test")) {
            Process inside = one.sleeping();
            nested.attach((int) inside.pid());
            assertThat(cgroup(inside, "cpuset")).isEqualTo(deep + "/c");
            assertThat(cgroup(inside, "memory")).isEqualTo(deep + "/c");
            nested.delete(OneCgroup.PATIENCE);
        }
        below.removeIfEmpty();
        assertThat(one.path("cpu").resolveSibling("a")).doesNotExist();
        assertThat(one.path("cpu")).isDirectory();
    }

    @Test
    void create_cpuset_hasTheParentsCpusAndNodes() throws Exception {
        CpusetController cpuset = CpusetController.of(one.files(Controller.CPUSET));
        Path parent = CgroupMount.of("cpuset").directory(root);
        String all = Files.readString(
                parent.resolve(ControlFile.CPUSET_CPUS.either("cpuset.cpus", "cpuset.cpus.effective")));
        assertThat(cpuset.effectiveCpus().orElseThrow()).hasToString(all.strip());
        assertThat(cpuset.effectiveMems().orElseThrow().ids()).isNotEmpty();
    }

    @Test
    @MesosBehaviour(75)
    void attach_process_isThereInEveryHierarchy() throws Exception {
        Process process = one.attached("sleep", "1000");
        assertThat(cgroup(process, "cpu")).isEqualTo(root.cgroup() + "/" + OneCgroup.NAME);
        assertThat(cgroup(process, "freezer")).isEqualTo(root.cgroup() + "/" + OneCgroup.NAME);
        assertThat(cgroup.pids()).containsExactly((int) process.pid());
    }

    private static String cgroup(Process process, String controller) throws IOException {
        return ProcFiles.cgroup(ProcFiles.read((int) process.pid(), "cgroup"), controller);
    }

    @Test
    void attach_endedProcess_gone() throws Exception {
        Process process = one.start("true");
        process.waitFor();
        assertThat(catchThrowableOfType(ProcessGoneException.class, () -> cgroup.attach((int) process.pid())))
                .isNotNull();
    }

    @Test
    @MesosBehaviour(74)
    void allPids_processInCgroupBelow_listed() throws Exception {
        Process process = one.attached("sleep", "1000");
        Path below = Files.createDirectory(one.path("pids").resolve("below"));
        Files.writeString(below.resolve("cgroup.procs"), String.valueOf(process.pid()));
        assertThat(cgroup.allPids()).containsExactly((int) process.pid());
    }

    @Test
    @MesosBehaviour(74)
    void list_someCgroups_theirNames() throws Exception {
        try (Cgroup two = tree.create("two", "test")) {
            assertThat(tree.list()).containsExactly(OneCgroup.NAME, "two");
            two.delete(OneCgroup.PATIENCE);
        }
        assertThat(tree.list()).containsExactly(OneCgroup.NAME);
    }

    @Test
    void open_made_sameCgroupAndOwner() throws Exception {
        Process process = one.attached("sleep", "1000");
        try (Cgroup again = tree.open(OneCgroup.NAME).orElseThrow()) {
            assertThat(again.owner()).hasValue("test");
            assertThat(again.pids()).containsExactly((int) process.pid());
        }
        assertThat(tree.open("none")).isEmpty();
    }

    @Test
    void owner_foreignCgroup_none() throws Exception {
        Path foreign = Files.createDirectory(one.path("cpu").resolveSibling("foreign"));
        try (Cgroup opened = tree.open("foreign").orElseThrow()) {
            assertThat(opened.owner()).isEmpty();
        }
        Files.delete(foreign);
    }

    @Test
    @MesosBehaviour(77)
    void freeze_countingProcess_standsStillUntilThawed() throws Exception {
        Path count = root.runtimeDirectory().resolve("count");
        one.attachedScript("i=0; while :; do i=$((i+1)); echo $i > " + count + "; done");
        Eventually.holds("it counts", () -> Files.exists(count) && !read(count).isEmpty());
        cgroup.freeze(OneCgroup.PATIENCE);
        String frozen = read(count);
        Pause.millis(300);
        assertThat(read(count)).isEqualTo(frozen);
        cgroup.thaw();
        Eventually.holds("it counts again", () -> !read(count).equals(frozen));
        cgroup.killAll(OneCgroup.PATIENCE);
        Files.delete(count);
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file).strip();
    }

    @Test
    @MesosBehaviour(79)
    void kill_fourProcesses_allAreKilled() throws Exception {
        List<Process> processes = four("sleep", "1000");
        cgroup.kill();
        assertKilled(processes);
        assertThat(one.path("cpu")).isDirectory();
    }

    @Test
    @MesosBehaviour(4)
    void delete_fourBusyProcesses_areKilledAndTheCgroupIsGone() throws Exception {
        List<Process> processes = four("sh", "-c", "while :; do :; done");
        cgroup.delete(OneCgroup.PATIENCE);
        assertKilled(processes);
        for (String controller : List.of("cpu", "memory", "pids", "freezer")) {
            assertThat(one.path(controller)).doesNotExist();
        }
    }

    private List<Process> four(String... command) throws IOException {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(one.attached(command));
        }
        return processes;
    }

    /** And reaped, or there would be no exit value. */
    private static void assertKilled(List<Process> processes) throws InterruptedException {
        for (Process process : processes) {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(128 + 9);
        }
    }

    @Test
    void kill_frozenProcess_ends() throws Exception {
        Process process = one.attached("sleep", "1000");
        cgroup.freeze(OneCgroup.PATIENCE);
        cgroup.kill();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(128 + 9);
    }

    @Test
    void delete_withProcesses_goneEverywhereAndTwiceIsNoError() throws Exception {
        Process process = one.attached("sleep", "1000");
        cgroup.delete(OneCgroup.PATIENCE);
        assertThat(one.path("cpu")).doesNotExist();
        assertThat(one.path("memory")).doesNotExist();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        cgroup.delete(Duration.ZERO);
    }
}
