package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CgroupDeleteTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(5);

    @TempDir
    private Path root;

    @ParameterizedTest
    @EnumSource
    void delete_processesAndCgroupsBelow_allGone(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess process = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(process.pid());
            fillBelow(booted);

            cgroup.delete(LONG);
        }
        assertGone(booted);
        assertThat(process.isRunning()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void delete_twice_secondDoesNothing(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.delete(LONG);
            cgroup.delete(LONG);
        }
        assertGone(booted);
    }

    @ParameterizedTest
    @EnumSource
    void delete_processEndsLate_waitedForWithoutPolling(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess slow = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(slow.pid());
            slow.endsLate();
            booted.kernel().events().duringNextWait(slow::release);
            booted.kernel().calls().clear();

            cgroup.delete(LONG);
        }
        assertGone(booted);
        assertThat(booted.kernel().calls().recorded("rmdir"))
                .as("one try before the wait, one after it")
                .hasSize(2 * booted.hierarchies().size());
    }

    @ParameterizedTest
    @EnumSource
    void delete_nothingInside_notLookedThrough(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            booted.kernel().calls().clear();

            cgroup.delete(LONG);
        }
        assertGone(booted);
        assertThat(booted.kernel().calls().recorded("getdents64")).isEmpty();
        assertThat(booted.kernel().calls().recorded("read")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void delete_busyForSomeTries_repeatedUntilGone(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        booted.kernel().calls().failNext("rmdir", "corral/a", Errno.EBUSY, 4);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.delete(LONG);
        }
        assertGone(booted);
    }

    @ParameterizedTest
    @EnumSource
    void delete_processThatDoesNotDie_busyWithPidsThenRepeatable(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess stuck = booted.kernel().start().uninterruptible();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(stuck.pid());

            assertThatExceptionOfType(CgroupBusyException.class)
                    .isThrownBy(() -> cgroup.delete(SHORT))
                    .withMessageContaining("/corral/a")
                    .satisfies(e -> assertThat(e.pids()).containsExactly(stuck.pid()))
                    .satisfies(e -> assertThat(e.path()).isEqualTo("/corral/a"));

            stuck.release();
            cgroup.delete(LONG);
        }
        assertGone(booted);
    }

    @Test
    void delete_busyWithoutProcesses_saysTheKernelHoldsIt() throws Exception {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        booted.kernel().calls().failNext("rmdir", "memory/corral/a", Errno.EBUSY, Integer.MAX_VALUE);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            assertThatExceptionOfType(CgroupBusyException.class)
                    .isThrownBy(() -> cgroup.delete(SHORT))
                    .withMessageContaining("the kernel still holds it");
        }
        for (FakeHierarchy hierarchy : booted.hierarchies()) {
            boolean busy = hierarchy.described().mountPoint().endsWith("memory");
            assertThat(hierarchy.find("/corral/a").isPresent()).isEqualTo(busy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void delete_processAttachedByAnotherMeanwhile_killedToo(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess late = booted.kernel().start();
        FakeHierarchy first = booted.hierarchies().get(0);
        booted.kernel().calls().before("rmdir", "corral/a", () -> late.moveTo(first.at("/corral/a")));
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.delete(LONG);
        }
        assertThat(late.isRunning()).isFalse();
        assertGone(booted);
    }

    @ParameterizedTest
    @EnumSource
    void delete_cgroupBelowRemovedByAnotherMeanwhile_noError(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeHierarchy first = booted.hierarchies().get(0);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            first.make("/corral/a/x");
            booted.kernel().calls().before("rmdir", "corral/a/x", () -> first.remove("/corral/a/x"));
            cgroup.delete(LONG);
        }
        assertGone(booted);
    }

    @ParameterizedTest
    @EnumSource
    void delete_pathMadeAnewByAnother_leftAlone(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            for (FakeHierarchy hierarchy : booted.hierarchies()) {
                hierarchy.remove("/corral/a");
                hierarchy.make("/corral/a");
            }
            cgroup.delete(LONG);
        }
        for (FakeHierarchy hierarchy : booted.hierarchies()) {
            assertThat(hierarchy.find("/corral/a")).isPresent();
        }
    }

    @Test
    void delete_oneHierarchyFails_theOthersAreGone() throws Exception {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        booted.kernel().calls().failNext("rmdir", "cpu/corral/a", Errno.EROFS);
        booted.kernel().calls().failNext("rmdir", "memory/corral/a", Errno.EACCES);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            assertThatExceptionOfType(ErrnoException.class)
                    .isThrownBy(() -> cgroup.delete(LONG))
                    .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
            assertThat(booted.hierarchies().get(3).find("/corral/a")).isEmpty();

            cgroup.delete(LONG);
        }
        assertGone(booted);
    }

    @ParameterizedTest
    @EnumSource
    void delete_leftoverInOneHierarchyOnly_removed(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        booted.hierarchies().get(0).make("/corral/a");

        try (Cgroup cgroup = booted.tree().open("a").orElseThrow()) {
            cgroup.delete(LONG);
        }
        assertGone(booted);
    }

    @ParameterizedTest
    @EnumSource
    void killAll_processEndsLate_waitedForAndCgroupStays(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess slow = booted.kernel().start();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(slow.pid());
            slow.endsLate();
            booted.kernel().events().duringNextWait(slow::release);

            cgroup.killAll(LONG);

            assertThat(cgroup.allPids()).isEmpty();
        }
        assertThat(slow.isRunning()).isFalse();
        assertThat(booted.tree().list()).containsExactly("a");
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void killAll_processThatDoesNotDie_busyWithPids(Host host) throws Exception {
        Host.Booted booted = host.boot(root);
        FakeProcess stuck = booted.kernel().start().uninterruptible();
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            cgroup.attach(stuck.pid());

            assertThatExceptionOfType(CgroupBusyException.class)
                    .isThrownBy(() -> cgroup.killAll(SHORT))
                    .satisfies(e -> assertThat(e.pids()).containsExactly(stuck.pid()));
        }
    }

    @Test
    void delete_threadInterrupted_endsAndStaysInterrupted() throws Exception {
        Host.Booted booted = Host.V1_SEPARATE.boot(root);
        booted.kernel().calls().failNext("rmdir", "corral/a", Errno.EBUSY, Integer.MAX_VALUE);
        try (Cgroup cgroup = booted.tree().create("a", "")) {
            Thread.currentThread().interrupt();

            assertThatExceptionOfType(InterruptedIOException.class).isThrownBy(() -> cgroup.delete(LONG));
        }
        assertThat(Thread.interrupted()).isTrue();
    }

    private static void fillBelow(Host.Booted booted) {
        FakeHierarchy first = booted.hierarchies().get(0);
        first.make("/corral/a/x/y");
        booted.kernel().start().moveTo(first.make("/corral/a/x/z"));
    }

    private static void assertGone(Host.Booted booted) {
        for (FakeHierarchy hierarchy : booted.hierarchies()) {
            assertThat(hierarchy.find("/corral/a")).isEmpty();
        }
        assertThat(booted.kernel().openDescriptors()).isEmpty();
    }
}
