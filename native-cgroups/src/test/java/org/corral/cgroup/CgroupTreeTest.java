package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeCalls;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CgroupTreeTest {

    private static final String OWNER = "agent-1";

    @TempDir
    private Path root;

    @ParameterizedTest
    @EnumSource
    void create_freshHost_inEveryHierarchyWithOwner(Host host) throws Exception {
        Host.Booted booted = host.boot(root);

        try (Cgroup cgroup = booted.tree().create("a", OWNER)) {
            assertThat(cgroup.path()).hasToString("/corral/a");
            assertThat(cgroup.owner()).contains(OWNER);
            assertThat(cgroup.directories()).hasSameSizeAs(booted.hierarchies());
        }
        for (FakeHierarchy hierarchy : booted.hierarchies()) {
            assertThat(hierarchy.at("/corral/a").attribute("user.corral.owner")).contains(OWNER);
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void create_alreadyThereInOneHierarchy_refusedAndTheOtherUntouched(Host host) {
        Host.Booted booted = host.boot(root);
        FakeHierarchy last = booted.hierarchies().get(booted.hierarchies().size() - 1);
        last.make("/corral/a");

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> booted.tree().create("a", OWNER))
                .matches(e -> e.is(Errno.EEXIST));

        assertThat(last.find("/corral/a")).as("the other's").isPresent();
        for (FakeHierarchy hierarchy : booted.hierarchies()) {
            assertThat(hierarchy.find("/corral").isPresent()).isEqualTo(hierarchy == last);
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    private static void assertNothingLeft(Host.Booted booted) {
        for (FakeHierarchy hierarchy : booted.hierarchies()) {
            assertThat(hierarchy.at("/").children()).isEmpty();
            if (hierarchy.described().version() == CgroupVersion.V2) {
                assertThat(hierarchy.at("/").file("cgroup.subtree_control")).isEmpty();
            }
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void create_undoFailsToo_bothTold() {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        booted.kernel().calls().failNext("mkdirat", "memory/corral/a", Errno.ENOSPC);
        booted.kernel().calls().failNext("rmdir", "cpu/corral/a", Errno.EIO);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> booted.tree().create("a", OWNER))
                .matches(e -> e.is(Errno.ENOSPC))
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void create_attributesUnsupported_madeWithoutOwner() throws Exception {
        Host.Booted booted = Host.V1_CO_MOUNTED.boot(root);
        booted.kernel().calls().failNext("fsetxattr", "", Errno.EOPNOTSUPP, Integer.MAX_VALUE);
        booted.kernel().calls().failNext("fgetxattr", "", Errno.EOPNOTSUPP, Integer.MAX_VALUE);

        try (Cgroup cgroup = booted.tree().create("a", OWNER)) {
            assertThat(cgroup.owner()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void create_rootMadeByAnotherMeanwhile_used(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeHierarchy first = booted.hierarchies().get(0);
        booted.kernel().calls().before("mkdirat", "corral", () -> first.make("/corral"));

        booted.tree().create("a", OWNER).close();

        assertThat(first.find("/corral/a")).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void create_rootRemovedByAnotherMeanwhile_madeAgain(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeHierarchy first = booted.hierarchies().get(0);
        booted.kernel().calls().before("mkdirat", "corral/a", () -> first.remove("/corral"));

        booted.tree().create("a", OWNER).close();

        assertThat(first.find("/corral/a")).isPresent();
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void create_rootRemovedAgainAndAgain_givesUp() {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        booted.kernel().calls().failNext("mkdirat", "corral/a", Errno.ENOENT, 5);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> booted.tree().create("a", OWNER))
                .matches(e -> e.is(Errno.ENOENT));
        assertNothingLeft(booted);
    }

    @Test
    void create_v1Cpuset_everyLevelInheritsWhatItLacks() throws Exception {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        FakeHierarchy cpuset = booted.hierarchies().get(1);
        cpuset.make("/corral").file("cpuset.cpus", "1");

        booted.tree().create("a", OWNER).close();

        assertThat(cpuset.at("/corral").file("cpuset.cpus")).as("kept").isEqualTo("1");
        assertThat(cpuset.at("/corral").file("cpuset.mems")).isEqualTo("0");
        assertThat(cpuset.at("/corral/a").file("cpuset.cpus")).isEqualTo("1");
        assertThat(cpuset.at("/corral/a").file("cpuset.mems")).isEqualTo("0");
    }

    @Test
    void create_v2_controllersSwitchedOnTopDownOneByOne() throws Exception {
        Host.Booted booted = Host.V2.boot(root);

        booted.tree().create("a", OWNER).close();

        FakeHierarchy unified = booted.hierarchies().get(0);
        assertThat(unified.at("/corral/a").file("cgroup.controllers")).isEqualTo("cpu cpuset memory pids");
        assertThat(unified.at("/corral/a").file("memory.max")).isEqualTo("max");
        assertThat(booted.kernel().calls().recorded("write"))
                .hasSize(8)
                .allMatch(write -> write.matches(".*cgroup.subtree_control, \"\\+[a-z]+\"\\)"));
    }

    @Test
    void create_v2OnlySomeControllersBound_othersLeftAlone() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        CgroupTree tree = new CgroupTree(
                booted.kernel().linux(),
                booted.kernel().layout().only(Set.of(Controller.PIDS)),
                CgroupPath.of("/corral"));

        tree.create("a", OWNER).close();

        assertThat(booted.hierarchies().get(0).at("/").file("cgroup.subtree_control"))
                .isEqualTo("pids");
    }

    @Test
    void create_v2OneControllerRefused_toldByNameAndTheOthersUndone() {
        Host.Booted booted = Host.V2.boot(root);
        booted.kernel().calls().failNext("write", "+cpu\"", Errno.EINVAL);

        assertThatExceptionOfType(SubtreeControlException.class)
                .isThrownBy(() -> booted.tree().create("a", OWNER))
                .satisfies(e -> assertThat(e.refused()).containsOnlyKeys("cpu"));
        assertNothingLeft(booted);
    }

    @Test
    void create_v2ControllerNotOffered_told() {
        FakeLinux kernel = new FakeLinux(root);
        FakeHierarchy unified = kernel.mountV2(Controller.MEMORY);
        CgroupLayout layout =
                new CgroupLayout(List.of(unified.described()), Map.of(Controller.CPU, unified.described()), Map.of());

        assertThatExceptionOfType(SubtreeControlException.class)
                .isThrownBy(() -> new CgroupTree(kernel.linux(), layout, CgroupPath.of("/corral")).create("a", OWNER))
                .withMessageContaining("cpu: its own parent does not give it that controller");
        assertThat(kernel.calls().recorded("write")).isEmpty();
    }

    @Test
    void create_v2Threaded_explained() {
        Host.Booted booted = Host.V2.boot(root);
        booted.kernel().calls().failNext("write", "+memory", Errno.EOPNOTSUPP);

        assertThatExceptionOfType(SubtreeControlException.class)
                .isThrownBy(() -> booted.tree().create("a", OWNER))
                .withMessageContaining("memory: EOPNOTSUPP")
                .withMessageContaining("threaded");
    }

    @Test
    void create_v2FailsAfterAnotherBuiltOnItsControllers_leftOn() {
        Host.Booted booted = Host.V2.boot(root);
        FakeHierarchy unified = booted.hierarchies().get(0);
        booted.kernel().calls().before("mkdirat", "corral/a", () -> unified.make("/corral/b"));
        booted.kernel().calls().failNext("fsetxattr", "", Errno.ENOSPC);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> booted.tree().create("a", OWNER));

        assertThat(unified.at("/corral").children()).containsExactly("b");
        assertThat(unified.at("/corral/b").file("cgroup.controllers")).isEqualTo("cpu cpuset memory pids");
    }

    @Test
    void create_v2ControllersTakenBackByAnotherMeanwhile_switchedOnAgain() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        FakeHierarchy unified = booted.hierarchies().get(0);
        booted.kernel()
                .calls()
                .before("mkdirat", "corral/a", () -> unified.write("/corral", "cgroup.subtree_control", "-pids"));

        booted.tree().create("a", OWNER).close();

        assertThat(unified.at("/corral/a").file("cgroup.controllers")).contains("pids");
    }

    @ParameterizedTest
    @EnumSource
    void open_madeBefore_sameCgroup(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        booted.tree().create("a", OWNER).close();

        try (Cgroup cgroup = booted.tree().open("a").orElseThrow()) {
            assertThat(cgroup.owner()).contains(OWNER);
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void open_inNoHierarchy_empty(Host host) throws Exception {
        Host.Booted booted = host.boot(root);

        assertThat(booted.tree().open("a")).isEmpty();
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void open_errorInOneHierarchy_toldAndClosed() {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        booted.hierarchies().forEach(hierarchy -> hierarchy.make("/corral/a"));
        booted.kernel().calls().failNext("openat2", "blkio/corral/a", Errno.EACCES);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> booted.tree().open("a"));
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void files_controllerBoundOrNot_itsHierarchyOrEmpty() throws Exception {
        Host.Booted booted = Host.HYBRID.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", OWNER)) {
            assertThat(cgroup.files(Controller.CPU).orElseThrow().version()).isEqualTo(CgroupVersion.V1);
            assertThat(cgroup.files(Controller.MEMORY).orElseThrow().version()).isEqualTo(CgroupVersion.V2);
            assertThat(cgroup.files(Controller.RDMA)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void list_whatIsInAnyHierarchy_namesOnce(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        assertThat(booted.tree().list()).isEmpty();
        booted.tree().create("b", OWNER).close();
        booted.hierarchies().get(0).make("/corral/a");

        assertThat(booted.tree().list()).containsExactly("a", "b");
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void removeIfEmpty_nothingInIt_allLevelsGone(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        CgroupTree deep =
                new CgroupTree(booted.kernel().linux(), booted.kernel().layout(), CgroupPath.of("/x/y"));
        booted.hierarchies().get(0).make("/x/y");

        deep.removeIfEmpty();

        assertThat(booted.hierarchies().get(0).at("/").children()).isEmpty();
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void removeIfEmpty_inUse_stays(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        booted.tree().create("a", OWNER).close();

        booted.tree().removeIfEmpty();

        assertThat(booted.tree().list()).containsExactly("a");
    }

    @Test
    void removeIfEmpty_levelAboveIsAnothers_staysAndIsNoError() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        booted.hierarchies().get(0).make("/delegated/corral");
        FakeCalls calls = booted.kernel().calls();
        calls.before("rmdir", "delegated/corral", () -> calls.failNext("rmdir", "delegated", Errno.EACCES));

        new CgroupTree(booted.kernel().linux(), booted.kernel().layout(), CgroupPath.of("/delegated/corral"))
                .removeIfEmpty();

        assertThat(booted.hierarchies().get(0).at("/delegated").children()).isEmpty();
        assertThat(calls.allPlansDone()).isTrue();
    }

    @Test
    void removeIfEmpty_notAllowed_told() {
        Host.Booted booted = Host.V2.boot(root);
        booted.hierarchies().get(0).make("/corral");
        booted.kernel().calls().failNext("rmdir", "corral", Errno.EACCES);

        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> booted.tree().removeIfEmpty());
    }
}
