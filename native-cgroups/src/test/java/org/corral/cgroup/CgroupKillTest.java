package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CgroupKillTest {

    @TempDir
    private Path root;

    @ParameterizedTest
    @EnumSource
    void kill_processesInAndBelow_allEndAndNothingStaysFrozen(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess direct = booted.kernel().start();
        FakeProcess below = booted.kernel().start();
        FakeProcess outside = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(direct.pid());
            cgroup.attach(below.pid());
            below.moveTo(booted.hierarchies().get(0).make("/corral/a/x/y"));

            cgroup.kill();

            assertThat(cgroup.allPids()).isEmpty();
        }
        assertThat(direct.isRunning() || below.isRunning()).isFalse();
        assertThat(outside.signals()).isEmpty();
        assertNotFrozen(booted);
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void kill_nothingInside_nothingWritten(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.kernel().calls().clear();
            cgroup.kill();
        }
        assertThat(booted.kernel().calls().recorded("write")).isEmpty();
    }

    @Test
    void kill_v2WithKillFile_oneWriteAndNoSignal() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(booted.kernel().start().pid());
            booted.kernel().calls().clear();
            cgroup.kill();
        }
        assertThat(booted.kernel().calls().recorded("write"))
                .containsExactly("write(/sys/fs/cgroup/corral/a/cgroup.kill, \"1\")");
        assertThat(booted.kernel().calls().recorded("pidfd_send_signal")).isEmpty();
    }

    @Test
    void kill_v2WithoutKillFile_frozenSignalledThawed() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        FakeProcess process = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(process.pid());
            booted.hierarchies().get(0).at("/corral/a").withoutFile("cgroup.kill");

            cgroup.kill();
        }
        assertThat(process.signals()).containsExactly(9);
        assertThat(booted.hierarchies().get(0).at("/corral/a").file("cgroup.freeze"))
                .isEqualTo("0");
    }

    @Test
    void kill_v2WithoutKillFileAndFreezer_signalled() throws Exception {
        Host.Booted booted = Host.V2.boot(root);
        FakeProcess process = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(process.pid());
            booted.hierarchies().get(0).at("/corral/a").withoutFile("cgroup.kill");
            booted.hierarchies().get(0).at("/corral/a").withoutFile("cgroup.freeze");

            cgroup.kill();
        }
        assertThat(process.isRunning()).isFalse();
    }

    @Test
    void kill_noFreezerBound_signalledAllTheSame() throws Exception {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        CgroupTree tree = new CgroupTree(
                booted.kernel().linux(),
                booted.kernel().layout().only(Set.of(Controller.CPU)),
                CgroupPath.of("/corral"));
        FakeProcess process = booted.kernel().start();
        try (Cgroup cgroup = tree.create("a", "")) {
            cgroup.attach(process.pid());
            cgroup.kill();
        }
        assertThat(process.isRunning()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_SEPARATE", "V1_CO_MOUNTED", "HYBRID"})
    void kill_forkedBeforeTheFreezeTookHold_caughtToo(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess parent = booted.kernel().start();
        FakeProcess forked = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(parent.pid());
            booted.kernel().calls().before("write", "FROZEN", () -> moveInto(booted, forked));

            cgroup.kill();
        }
        assertThat(parent.isRunning() || forked.isRunning()).isFalse();
    }

    @Test
    void kill_forkedWithoutFreezer_caughtInTheNextPass() throws Exception {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        CgroupTree tree = new CgroupTree(
                booted.kernel().linux(),
                booted.kernel().layout().only(Set.of(Controller.CPU)),
                CgroupPath.of("/corral"));
        FakeProcess parent = booted.kernel().start();
        FakeProcess forked = booted.kernel().start();
        try (Cgroup cgroup = tree.create("a", "")) {
            cgroup.attach(parent.pid());
            booted.kernel()
                    .calls()
                    .before(
                            "pidfd_send_signal",
                            "signal 9",
                            () -> forked.moveTo(booted.hierarchies().get(0).at("/corral/a")));
            cgroup.kill();
        }
        assertThat(forked.isRunning()).isFalse();
    }

    @Test
    void kill_pidTakenByAStrangerMeanwhile_strangerSpared() throws Exception {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        FakeProcess member = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(member.pid());
            booted.kernel().calls().before("pidfd_open", "pid " + member.pid(), () -> booted.hierarchies()
                    .forEach(hierarchy -> member.moveTo(hierarchy.at("/"))));
            cgroup.kill();
        }
        assertThat(member.signals()).isEmpty();
    }

    @Test
    void kill_processThatCannotFreeze_signalledAllTheSame() throws Exception {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        FakeProcess stuck = booted.kernel().start().uninterruptible();
        FakeProcess other = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(stuck.pid());
            cgroup.attach(other.pid());
            cgroup.kill();
        }
        assertThat(other.isRunning()).isFalse();
        assertThat(stuck.signals()).contains(9);
        assertNotFrozen(booted);
    }

    @ParameterizedTest
    @EnumSource
    void kill_thisVeryProcessInside_neverFrozenNorSignalled(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess self = booted.kernel().startSelf();
        FakeProcess other = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            moveInto(booted, self);
            cgroup.attach(other.pid());
            booted.kernel().calls().clear();

            cgroup.kill();
        }
        assertThat(self.isRunning()).isTrue();
        assertThat(self.signals()).isEmpty();
        assertThat(other.isRunning()).isFalse();
        assertThat(booted.kernel().calls().recorded("write")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_SEPARATE", "V1_CO_MOUNTED", "HYBRID"})
    void kill_pidsOfInitAndOfAnotherNamespace_neverOpened(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.hierarchies().get(0).at("/corral/a").fakeProcs("0\n1");

            cgroup.kill();

            assertThat(cgroup.pids()).containsExactly(0, 1);
        }
        assertThat(booted.kernel().calls().recorded("pidfd_open")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_SEPARATE", "V1_CO_MOUNTED"})
    void kill_signalFails_thawedAndClosed(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess process = booted.kernel().start();
        booted.kernel().calls().failNext("pidfd_send_signal", "signal 9", Errno.EPERM);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(process.pid());
            assertThatExceptionOfType(ErrnoException.class).isThrownBy(cgroup::kill);
        }
        assertNotFrozen(booted);
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void kill_moreProcessesThanPidfdsAreHeldAtOnce_allEnd(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            for (int i = 0; i < 150; i++) {
                moveInto(booted, booted.kernel().start());
            }
            cgroup.kill();
            assertThat(cgroup.allPids()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void kill_cgroupGone_nothing(Host host) throws IOException {
        Host.Booted booted = host.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.hierarchies().forEach(hierarchy -> hierarchy.remove("/corral/a"));
            cgroup.kill();
            assertThat(cgroup.pids()).isEmpty();
        }
    }

    private static void moveInto(Host.Booted booted, FakeProcess process) {
        booted.hierarchies().forEach(hierarchy -> process.moveTo(hierarchy.at("/corral/a")));
    }

    private static void assertNotFrozen(Host.Booted booted) {
        for (FakeHierarchy hierarchy : booted.hierarchies()) {
            if (hierarchy.described().controllers().contains(Controller.FREEZER)) {
                assertThat(hierarchy.at("/corral/a").file("freezer.state")).isEqualTo("THAWED");
            }
        }
    }
}
