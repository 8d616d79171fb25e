package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.containerizer.isolator.Isolation;
import org.corral.it.conformance.MesosBehaviour;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.process.ProcessCgroups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which controller is in which hierarchy, and what is none. */
@ExtendWith(LeakCheck.class)
@Requires({Need.PIDFD, Need.CPU, Need.MEMORY, Need.PIDS, Need.FREEZER})
class HierarchyIT {

    private TestRoot root;
    private OneCgroup one;
    private CgroupLayout layout;

    @BeforeEach
    void create(TestRoot own) throws IOException {
        root = own;
        one = OneCgroup.create(own);
        layout = one.tree().layout();
    }

    @AfterEach
    void close() throws Exception {
        one.close();
    }

    private Hierarchy of(Controller controller) {
        return layout.hierarchyOf(controller).orElseThrow();
    }

    @Test
    @MesosBehaviour(68)
    void bindings_thisHost_haveWhatIsMounted() throws Exception {
        for (Controller controller : List.of(Controller.CPU, Controller.MEMORY, Controller.PIDS)) {
            CgroupMount mount = CgroupMount.of(controller.v1Name());
            assertThat(of(controller).mountPoint()).isEqualTo(mount.point());
            assertThat(layout.unavailable()).doesNotContainKey(controller);
        }
    }

    @Test
    @MesosBehaviour(69)
    void controllers_ofAHierarchy_areThoseOfItsMountAlone() throws Exception {
        boolean mountedTogether =
                CgroupMount.of("cpu").point().equals(CgroupMount.of("memory").point());
        assertThat(of(Controller.CPU).equals(of(Controller.MEMORY))).isEqualTo(mountedTogether);
        assertThat(of(Controller.CPU).controllers().contains(Controller.MEMORY)).isEqualTo(mountedTogether);
        assertThat(of(Controller.MEMORY).controllers().contains(Controller.CPU)).isEqualTo(mountedTogether);
    }

    @Test
    @MesosBehaviour(70)
    void cgroupsOfAProcess_eachController_areWhereItWasPut() throws Exception {
        Process process = one.attached("sleep", "1000");
        ProcessCgroups seen =
                ProcessCgroups.of(Linux.ofThisHost(), (int) process.pid()).orElseThrow();
        for (Controller controller : List.of(Controller.CPU, Controller.MEMORY, Controller.PIDS)) {
            boolean unified = CgroupMount.of(controller.v1Name()).isV2();
            assertThat(unified ? seen.unified() : seen.legacy(List.of(controller.v1Name())))
                    .hasValue(root.cgroup() + "/" + OneCgroup.NAME);
        }
    }

    /** Other than in Mesos an empty item is none too: it is a slip more often than it is meant. */
    @Test
    @MesosBehaviour(66)
    void listOfNames_unknownOrEmptyItem_isRefused() {
        assertThat(Isolation.parse("cgroups/cpu,cgroups/mem").names()).containsExactly("cgroups/cpu", "cgroups/mem");
        for (String list : List.of("", ",", ",cgroups/cpu", "cgroups/cpu,")) {
            assertThatIllegalArgumentException().as(list).isThrownBy(() -> Isolation.parse(list));
        }
        assertThat(Controller.ofV1Name("cpu")).hasValue(Controller.CPU);
        assertThat(Controller.ofV1Name("none")).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Host.open(root, options -> options.withIsolation(Isolation.parse("cgroups/none"))))
                .withMessageContaining("cgroups/none");
    }

    @Test
    @MesosBehaviour(72)
    void open_whatIsNoHierarchy_isRefused() {
        assertRefused(root.runtimeDirectory(), Errno.EXDEV);
        assertRefused(root.runtimeDirectory().resolve("missing"), Errno.ENOENT);
        assertThat(layout.only(Set.of(Controller.CPU)).hierarchyOf(Controller.MEMORY))
                .isEmpty();
    }

    private void assertRefused(Path directory, Errno errno) {
        Hierarchy real = of(Controller.CPU);
        Hierarchy pretended = new Hierarchy(real.version(), directory, "/", real.controllers(), true, "");
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> CgroupDir.openTop(Linux.ofThisHost(), pretended))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(errno));
    }

    /** Missing levels of the root are made; below it a cgroup is made by its name alone. */
    @Test
    @MesosBehaviour(73)
    void create_outsideOfTheRoot_isRefused() {
        for (String name : List.of("..", "../outside", "missing/below", "")) {
            assertThatIllegalArgumentException().as(name).isThrownBy(() -> one.tree()
                    .create(name, "test"));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> CgroupPath.of("/corral/../outside"));
    }

    @Test
    @MesosBehaviour(75)
    void controlFiles_noSuchFile_isAnErrorAndPidsAreListed() throws Exception {
        Process first = one.attached("sleep", "1000");
        Process second = one.attached("sleep", "1000");
        assertThat(one.cgroup().pids()).containsExactlyInAnyOrder((int) first.pid(), (int) second.pid());
        CgroupDir directory = one.cgroup().directory(Controller.CPU).orElseThrow();
        for (ThrowingAccess access : List.<ThrowingAccess>of(
                () -> directory.read("cpu.no_such_file"), () -> directory.write("cpu.no_such_file", "1"))) {
            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(access::run)
                    .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
        }
    }

    /** Reads or writes. */
    private interface ThrowingAccess {
        void run() throws ErrnoException;
    }

    /** On v2 every cgroup can be frozen. */
    @Test
    @Requires({Need.V1_CPU, Need.V1_FREEZER})
    @MesosBehaviour(78)
    void freeze_hierarchyWithoutFreezer_isRefusedAndTheCgroupCanBeDeleted() throws Exception {
        CgroupTree bare = new CgroupTree(
                Linux.ofThisHost(),
                layout.only(Set.of(Controller.CPU)),
                one.tree().root());
        Path path = one.path("cpu").resolveSibling("bare");
        try (Cgroup cgroup = bare.create("bare", "test")) {
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> cgroup.freeze(OneCgroup.PATIENCE))
                    .withMessageContaining("freezer");
            assertThat(path).isDirectory();
            cgroup.delete(OneCgroup.PATIENCE);
        }
        assertThat(path).doesNotExist();
    }

    @Test
    @Requires(Need.PYTHON3)
    @MesosBehaviour(80)
    void attach_processWithThreads_movesAllOfThem() throws Exception {
        String threads = "import threading, time\n"
                + "for _ in range(3): threading.Thread(target=time.sleep, args=(1000,)).start()";
        Process process = one.start("python3", "-c", threads);
        Path tasks = Path.of("/proc/" + process.pid() + "/task");
        Eventually.holds("all threads run", () -> Tree.directories(tasks, 1).size() == 1 + 4);
        one.cgroup().attach((int) process.pid());
        for (Path task : Tree.directories(tasks, 1).subList(1, 5)) {
            String cgroups = Files.readString(task.resolve("cgroup"));
            assertThat(ProcFiles.cgroup(cgroups, "cpu")).isEqualTo(root.cgroup() + "/" + OneCgroup.NAME);
        }
    }
}
