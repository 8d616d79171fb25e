package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeCgroup;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CgroupFreezeTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(5);

    @TempDir
    private Path root;

    @ParameterizedTest
    @EnumSource
    void freezeAndThaw_runningProcess_stateOfTheKernelFollows(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess process = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(process.pid());

            cgroup.freeze(LONG);
            assertThat(state(booted)).isIn("FROZEN", "1");

            cgroup.thaw();
            assertThat(state(booted)).isIn("THAWED", "0");
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void freeze_processFreezesLater_waitedFor(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess process = booted.kernel().start().uninterruptible();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(process.pid());
            booted.kernel().events().duringNextWait(process::release);
            booted.kernel().calls().before("read", "freezer.state", () -> {});
            booted.kernel().calls().before("read", "freezer.state", process::release);

            cgroup.freeze(LONG);

            assertThat(state(booted)).isIn("FROZEN", "1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void freeze_processThatCannot_timeoutAndThawed(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess process = booted.kernel().start().uninterruptible();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(process.pid());

            assertThatExceptionOfType(FreezeTimeoutException.class)
                    .isThrownBy(() -> cgroup.freeze(SHORT))
                    .withMessageContaining("/corral/a")
                    .withMessageContaining("5 ms");
        }
        assertThat(state(booted)).isIn("THAWED", "0");
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void freeze_errorMidway_thawed(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(booted.kernel().start().pid());
            booted.kernel().calls().before("write", "FROZEN", () -> failReads(booted));
            booted.kernel().calls().before("write", "cgroup.freeze", () -> failReads(booted));

            assertThatExceptionOfType(ErrnoException.class).isThrownBy(() -> cgroup.freeze(LONG));
        }
        assertThat(state(booted)).isIn("THAWED", "0");
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @Test
    void freeze_thisVeryProcessInside_refused() throws Exception {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        FakeProcess self = booted.kernel().startSelf();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            self.moveTo(booted.hierarchies().get(0).make("/corral/a/below"));

            assertThatIllegalStateException().isThrownBy(() -> cgroup.freeze(LONG));
        }
        assertThat(booted.kernel().calls().recorded("write")).noneMatch(write -> write.contains("FROZEN"));
    }

    @Test
    void freeze_noFreezerBound_unsupported() throws Exception {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        CgroupTree tree = new CgroupTree(
                booted.kernel().linux(), booted.kernel().layout().only(Set.of(Controller.CPU)), CgroupPath.TOP);
        try (Cgroup cgroup = tree.create("a", "")) {
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> cgroup.freeze(LONG));
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(cgroup::thaw);
        }
    }

    @ParameterizedTest
    @EnumSource
    void freeze_withoutItsFile_unsupported(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.hierarchies().forEach(hierarchy -> withoutFreezer(hierarchy.at("/corral/a")));

            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> cgroup.freeze(LONG));
        }
    }

    private static void withoutFreezer(FakeCgroup cgroup) {
        cgroup.withoutFile("freezer.state");
        cgroup.withoutFile("cgroup.freeze");
    }

    private static void failReads(Host.Booted booted) {
        booted.kernel().calls().failNext("read", "freezer.state", Errno.EIO);
        booted.kernel().calls().failNext("pread", "cgroup.events", Errno.EIO);
    }

    private static String state(Host.Booted booted) {
        FakeHierarchy freezer = booted.hierarchies().stream()
                .filter(h -> h.described().controllers().contains(Controller.FREEZER))
                .findFirst()
                .orElse(booted.hierarchies().get(0));
        boolean v1 = freezer.described().version() == CgroupVersion.V1;
        return freezer.at("/corral/a").file(v1 ? "freezer.state" : "cgroup.freeze");
    }
}
