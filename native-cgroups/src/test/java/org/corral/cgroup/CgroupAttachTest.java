package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.process.ProcessGoneException;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupAttachTest {

    @TempDir
    private Path root;

    @ParameterizedTest
    @EnumSource
    void attach_runningProcess_inEveryHierarchy(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess process = booted.kernel().start();

        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(process.pid());
            assertThat(cgroup.pids()).containsExactly(process.pid());
        }
        for (FakeHierarchy hierarchy : booted.hierarchies()) {
            assertThat(hierarchy.at("/corral/a").pids()).containsExactly(process.pid());
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void attach_bornInTheV2Cgroup_onlyTheOthersAreWritten() throws Exception {
        Host.Booted booted = Host.HYBRID.boot(root);
        FakeProcess process = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            process.moveTo(booted.hierarchies().get(2).at("/corral/a"));
            booted.kernel().calls().clear();

            cgroup.attach(process.pid());

            assertThat(booted.kernel().calls().recorded("write"))
                    .hasSize(2)
                    .noneMatch(write -> write.contains("unified"));
            assertThat(cgroup.pids()).containsExactly(process.pid());
        }
    }

    @Test
    void attach_v2CgroupCannotBeRead_told() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        FakeProcess process = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.kernel().calls().failNext("read", "cgroup.procs", Errno.EIO);

            assertThatExceptionOfType(ErrnoException.class).isThrownBy(() -> cgroup.attach(process.pid()));
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void birthplace_v2BoundOrNot_itsDirectoryOrEmpty() throws Exception {
        Host.Booted booted = Host.HYBRID.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            CgroupDir place = cgroup.birthplace().orElseThrow();
            assertThat(place).hasToString("/sys/fs/cgroup/unified/corral/a");
            try (CgroupDir.Pin pin = place.pin()) {
                assertThat(pin.descriptor()).isPositive();
            }
        }
        Host.Booted legacy = Host.V1_SEPARATE.boot(root);
        try (Cgroup cgroup = legacy.tree().create("a", "")) {
            assertThat(cgroup.birthplace()).isEmpty();
        }
    }

    @Test
    void attach_blkioPresent_writtenFirst() throws Exception {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        FakeProcess process = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.kernel().calls().clear();
            cgroup.attach(process.pid());
        }
        assertThat(booted.kernel().calls().recorded("write").get(0)).contains("blkio/corral/a/cgroup.procs");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0, -1})
    void attach_pidThatMeansInitOrMany_refusedBeforeAnyCall(int pid) throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.kernel().calls().clear();

            assertThatIllegalArgumentException().isThrownBy(() -> cgroup.attach(pid));
            assertThat(booted.kernel().calls().recorded()).isEmpty();
        }
    }

    @Test
    void attach_noSuchProcess_gone() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            assertThatExceptionOfType(ProcessGoneException.class)
                    .isThrownBy(() -> cgroup.attach(77))
                    .matches(e -> e.pid() == 77);
        }
    }

    @ParameterizedTest
    @EnumSource
    void attach_endsWhileBeingAttached_gone(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess process = booted.kernel().start();
        booted.kernel().calls().before("write", "cgroup.procs", () -> process.exit(0));
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            assertThatExceptionOfType(ProcessGoneException.class).isThrownBy(() -> cgroup.attach(process.pid()));
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void attach_zombie_gone(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess child = booted.kernel().startChild();
        child.exit(0);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            assertThatExceptionOfType(ProcessGoneException.class).isThrownBy(() -> cgroup.attach(child.pid()));
        }
    }

    @Test
    void attach_processJustBeingBorn_triedAgain() throws Exception {
        Host.Booted booted = Host.V1_CO_MOUNTED.boot(root);
        FakeProcess process = booted.kernel().start();
        booted.kernel().calls().failNext("write", "cgroup.procs", Errno.EINVAL, 2);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(process.pid());
            assertThat(cgroup.pids()).containsExactly(process.pid());
        }
    }

    @Test
    void attach_refusedAgainAndAgain_toldWithPathAndPid() throws Exception {
        Host.Booted booted = Host.V1_CO_MOUNTED.boot(root);
        FakeProcess process = booted.kernel().start();
        booted.kernel().calls().failNext("write", "cgroup.procs", Errno.EINVAL, Integer.MAX_VALUE);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.kernel().calls().clear();

            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(() -> cgroup.attach(process.pid()))
                    .withMessageContaining("/corral/a/cgroup.procs, \"" + process.pid() + "\"): EINVAL");
            assertThat(booted.kernel().calls().recorded("write")).hasSizeGreaterThan(1);
        }
    }

    @Test
    void attach_cgroupHasGivenControllersToChildren_busy() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        FakeProcess process = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.hierarchies().get(0).write("/corral/a", "cgroup.subtree_control", "+pids");

            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(() -> cgroup.attach(process.pid()))
                    .matches(e -> e.is(Errno.EBUSY));
        }
    }

    @ParameterizedTest
    @EnumSource
    void attach_movedElsewhereMeanwhile_toldWhere(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess process = booted.kernel().start();
        FakeHierarchy last = booted.hierarchies().get(booted.hierarchies().size() - 1);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            process.claimedBy(last.make("/elsewhere"));

            assertThatIOException()
                    .isThrownBy(() -> cgroup.attach(process.pid()))
                    .withMessageContaining(last.described().mountPoint() + "/corral/a")
                    .withMessageContaining("/elsewhere");
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void attach_partOfTheHierarchyMounted_longerPathIsAccepted() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        FakeProcess process = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.kernel().prefixInProc("/docker/0815");
            cgroup.attach(process.pid());
            assertThat(Files.readString(root.resolve("proc/" + process.pid() + "/cgroup")))
                    .contains("0::/docker/0815/corral/a");
        }
    }

    @Test
    void attach_cgroupMissingInOneHierarchy_refused() throws IOException {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        FakeProcess process = booted.kernel().start();
        booted.hierarchies().get(0).make("/corral/a");
        try (Cgroup cgroup = booted.tree().open("a").orElseThrow()) {
            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(() -> cgroup.attach(process.pid()))
                    .matches(e -> e.is(Errno.ENOENT));
        }
    }

    @ParameterizedTest
    @EnumSource
    void allPids_cgroupsBelow_unionAscending(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess below = booted.kernel().start();
        FakeProcess direct = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(direct.pid());
            below.moveTo(booted.hierarchies().get(0).make("/corral/a/x/y"));

            assertThat(cgroup.pids()).containsExactly(direct.pid());
            assertThat(cgroup.allPids()).containsExactly(below.pid(), direct.pid());
        }
    }

    /** Two agents may end one container at once. */
    @Test
    void allPids_removedBetweenOpeningAndReading_none() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.kernel().calls().failNext("read", "cgroup.procs", Errno.ENODEV);

            assertThat(cgroup.allPids()).isEmpty();
        }
    }

    @Test
    void allPids_threadedCgroupBelow_skipped() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.hierarchies().get(0).make("/corral/a/t").file("cgroup.type", "threaded");

            assertThat(cgroup.allPids()).isEmpty();
        }
    }
}
