package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.MemoryUsage;
import org.corral.it.conformance.MesosBehaviour;
import org.junit.jupiter.api.Test;

/** Memory limits, and what becomes of containers that go over them. */
@Requires({Need.GATE, Need.PIDFD, Need.EVENTFD, Need.MEMORY})
class MemoryIT extends HostTest {

    private static final long LIMIT_BYTES = 64 << 20;

    /** {@code tail} keeps all of an input without newlines. */
    private static final String HOG = "head -c 256M /dev/zero | tail -c +0 | tail";

    @Test
    void limit_firstProcessGoesOver_endsWithLimitAndPeak() throws Exception {
        Termination termination = host.run("hog", limited(Host.command("tail", "/dev/zero"), 64));
        assertLimited(termination);
        assertThat(termination.status()).hasValue(new ExitStatus.Signaled(9));
    }

    @Test
    @Requires(Need.PYTHON3)
    void limit_pythonGoesOver_endsWithLimitAndPeak() throws Exception {
        LaunchRequest.Builder python =
                Host.command("python3", "-c", "b = bytearray(256 << 20)").environment(System.getenv());
        assertLimited(host.run("python", limited(python, 64)));
    }

    @Test
    void limit_childKilledWhileParentLives_wholeContainerEnds() throws Exception {
        Termination termination = host.run("family", limited(Host.shell(HOG + "; sleep 1000"), 64));
        assertLimited(termination);
    }

    private static void assertLimited(Termination termination) {
        assertThat(termination.reason()).isEqualTo(TerminationReason.LIMITATION);
        assertThat(termination.limitations()).singleElement().satisfies(MemoryIT::assertNamesLimitAndPeak);
        MemoryUsage memory = termination.usage().memory().orElseThrow();
        assertThat(memory.oomKills().orElse(0)).isPositive();
        assertThat(memory.peakBytes()).hasValue(LIMIT_BYTES);
        assertThat(memory.limitBytes()).hasValue(LIMIT_BYTES);
    }

    private static void assertNamesLimitAndPeak(Limitation limitation) {
        assertThat(limitation.resource()).isEqualTo("mem");
        assertThat(limitation.limit()).hasValue(LIMIT_BYTES);
        assertThat(limitation.peak()).hasValue(LIMIT_BYTES);
        assertThat(limitation.message()).contains("64.0MiB").contains("killed");
    }

    @Test
    @Requires({Need.V1_MEMORY, Need.FILES_ON_DISK})
    void limit_reachedAndKept_pressureIsCountedByLevel() throws Exception {
        String cacheFirst = "dd if=/dev/zero of=" + host.scratch("file") + " bs=1M count=96 oflag=dsync 2>/dev/null; ";
        Termination termination = host.run("pressed", limited(Host.shell(cacheFirst + "exec tail /dev/zero"), 64));
        PressureLevels.assertOrdered(termination.usage().pressure().orElseThrow());
    }

    @Test
    void limit_enough_runsAndTellsItsPeak() throws Exception {
        Termination termination = host.run("modest", limited(Host.shell("head -c 100M /dev/zero | tail | wc -c"), 400));
        assertThat(termination.status()).hasValue(new ExitStatus.Exited(0));
        assertThat(termination.limitations()).isEmpty();
        MemoryUsage memory = termination.usage().memory().orElseThrow();
        assertThat(memory.peakBytes().orElseThrow()).isGreaterThan(100 << 20);
        assertThat(memory.oomKills()).isEqualTo(OptionalLong.of(0));
    }

    /** The command waits for a file, so that the limit is raised before it needs more. */
    @Test
    void update_higherLimit_commandMayUseIt() throws Exception {
        String waiting = "until [ -e " + host.scratch("raised") + " ]; do sleep 0.05; done; ";
        ContainerId id = host.launch("growing", limited(Host.shell(waiting + HOG + " | wc -c"), 64));
        assertThat(host.containers().update(id, memory(800))).isTrue();
        Files.createFile(host.scratch("raised"));
        Termination termination = host.end(id);
        assertThat(termination.status()).hasValue(new ExitStatus.Exited(0));
        assertThat(termination.usage().memory().orElseThrow().peakBytes().orElseThrow())
                .isGreaterThan(256 << 20);
    }

    @Test
    @Requires(Need.SOFT_LIMIT)
    void update_higherLimit_movesBothLimits() throws Exception {
        ContainerId id = host.launch("raised", limited(Host.command("sleep", "1000"), 64));
        host.containers().update(id, memory(128));
        assertThat(host.read(id, ControlFile.MEMORY_LIMIT)).isEqualTo(bytes(128));
        assertThat(host.read(id, ControlFile.MEMORY_SOFT_LIMIT)).isEqualTo(bytes(128));
    }

    @Test
    @Requires(Need.SOFT_LIMIT)
    @MesosBehaviour(17)
    void update_lowerLimit_movesTheSoftLimitAlone() throws Exception {
        ContainerId id = host.launch("lowered", limited(Host.command("sleep", "1000"), 128));
        host.containers().update(id, memory(64));
        assertThat(host.read(id, ControlFile.MEMORY_LIMIT)).isEqualTo(bytes(128));
        assertThat(host.read(id, ControlFile.MEMORY_SOFT_LIMIT)).isEqualTo(bytes(64));
    }

    @Test
    @Requires(Need.SOFT_LIMIT)
    @MesosBehaviour(15)
    void launch_requestBelowLimit_isTheSoftLimit() throws Exception {
        Resources wanted = memory(128).withMemoryRequest(DataSize.ofMebibytes(96));
        ContainerId id = host.launch("both", Host.command("sleep", "1000").resources(wanted));
        assertThat(host.read(id, ControlFile.MEMORY_LIMIT)).isEqualTo(bytes(128));
        assertThat(host.read(id, ControlFile.MEMORY_SOFT_LIMIT)).isEqualTo(bytes(96));
    }

    @Test
    void launch_belowTheFloor_isRaisedToIt() throws Exception {
        ContainerId id = host.launch("tiny", limited(Host.command("sleep", "1000"), 1));
        assertThat(host.read(id, ControlFile.MEMORY_LIMIT)).isEqualTo(bytes(32));
    }

    @Test
    void launch_noLimit_noneIsTold() throws Exception {
        ContainerId id = host.launch("free", Host.command("sleep", "1000"));
        assertThat(host.containers().usage(id).memory().orElseThrow().limitBytes())
                .isEmpty();
    }

    @Test
    @Requires(Need.V1_MEMORY)
    void launch_onV1_theKillerStaysOn() throws Exception {
        ContainerId id = host.launch("free", Host.command("sleep", "1000"));
        Path control = host.cgroup(id, "memory").resolve("memory.oom_control");
        assertThat(control).content().contains("oom_kill_disable 0");
    }

    @Test
    @Requires(Need.V2_MEMORY)
    void launch_onV2_theKillerTakesTheWholeContainer() throws Exception {
        ContainerId id = host.launch("whole", limited(Host.command("sleep", "1000"), 64));
        assertThat(host.cgroup(id, "memory").resolve("memory.oom.group")).hasContent("1");
    }

    private static LaunchRequest.Builder limited(LaunchRequest.Builder request, long mebibytes) {
        return request.resources(memory(mebibytes));
    }

    private static Resources memory(long mebibytes) {
        return Resources.NONE.withMemory(DataSize.ofMebibytes(mebibytes));
    }

    private static String bytes(long mebibytes) {
        return String.valueOf(mebibytes << 20);
    }
}
