package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.cgroup.EventControl;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.layout.Controller;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.Resources;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.PressureUsage;
import org.corral.it.conformance.MesosBehaviour;
import org.corral.linux.Linux;
import org.corral.linux.event.EventFd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pressure in three levels by page cache that has to give way, as v1 tells of it. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.EVENTFD, Need.V1_MEMORY, Need.FILES_ON_DISK})
class PressureIT {

    private static final Resources LIMITED = Resources.NONE.withMemory(DataSize.ofMebibytes(64));

    /** Writes more than 64 MiB again and again. Synced: where all pages wait for a slow disk, none can be reclaimed, and v1 kills. */
    static String writing(Path file) {
        return "while :; do dd if=/dev/zero of=" + file + " bs=1M count=160 oflag=dsync 2>/dev/null; done";
    }

    private static PressureUsage pressure(Containerizer containers, ContainerId id) throws IOException {
        return containers.usage(id).pressure().orElseThrow();
    }

    private static void assertCounted(Containerizer containers, ContainerId id) throws Exception {
        Eventually.holds(
                "pressure is counted", () -> pressure(containers, id).low().orElseThrow() > 0);
        assertThat(containers.usage(id).memory().orElseThrow().oomKills()).hasValue(0);
        Host.await(containers.destroy(id)).orElseThrow().usage().pressure().ifPresent(PressureLevels::assertOrdered);
    }

    @Test
    @MesosBehaviour(22)
    void usage_moreIsWrittenThanTheLimit_isCountedByLevel(TestRoot root) throws Exception {
        try (Host host = Host.open(root)) {
            String script = writing(host.scratch("file"));
            ContainerId id = host.launch("writer", Host.shell(script).resources(LIMITED));
            assertCounted(host.containers(), id);
        }
    }

    @Test
    @MesosBehaviour(23)
    void usage_agentRestarted_isCountedAgain(TestRoot root) throws Exception {
        Path scratch = Files.createDirectories(root.runtimeDirectory().resolve("scratch"));
        String waiting = "until [ -e " + scratch.resolve("go") + " ]; do sleep 0.05; done; ";
        String script = waiting + writing(scratch.resolve("file"));
        LeavingAgent.leave(root, root.cgroup(), "auto", script, "writer");
        try (Host host = Host.open(root)) {
            ContainerId id = ContainerId.of("writer");
            assertThat(host.containers().recover()).containsExactly(id);
            assertThat(pressure(host.containers(), id).low()).hasValue(0);
            Files.createFile(host.scratch("go"));
            assertCounted(host.containers(), id);
        }
    }

    @Test
    @MesosBehaviour(24)
    void levels_pageCacheFillsTheLimit_areNotifiedInOrder(TestRoot root) throws Exception {
        assertNotified(root, "");
    }

    /** Half of the limit is taken for good, so that there is less to give way. */
    @Test
    @MesosBehaviour(25)
    void levels_halfOfTheLimitIsHeld_areNotifiedInOrderWithoutAKill(TestRoot root) throws Exception {
        assertNotified(root, "(head -c 12M /dev/zero; sleep 1000) | tail & ");
    }

    private static void assertNotified(TestRoot root, String before) throws Exception {
        Path file = root.runtimeDirectory().resolve("file");
        try (OneCgroup one = OneCgroup.create(root);
                EventFd low = level(one, "low");
                EventFd medium = level(one, "medium");
                EventFd critical = level(one, "critical")) {
            MemoryController memory = MemoryController.of(one.files(Controller.MEMORY));
            assertThat(one.limitOne(plan -> plan.memory(Limit.of(24 << 20))).isApplied())
                    .isTrue();
            one.attachedScript(before + writing(file));
            long[] counts = new long[3];
            Eventually.holds("pressure is told", () -> (counts[0] += low.drain()) > 0);
            one.cgroup().killAll(OneCgroup.PATIENCE);
            Eventually.passes(() -> {
                counts[0] += low.drain();
                counts[1] += medium.drain();
                counts[2] += critical.drain();
                PressureLevels.assertOrdered(counts[0], counts[1], counts[2]);
            });
            assertThat(memory.events().oomKill()).hasValue(0);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static EventFd level(OneCgroup one, String level) throws IOException {
        EventControl control = new EventControl(
                Linux.ofThisHost(), one.cgroup().directory(Controller.MEMORY).orElseThrow());
        return control.connect("memory.pressure_level", level);
    }
}
