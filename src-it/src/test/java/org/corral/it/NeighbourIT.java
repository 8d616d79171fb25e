package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.IoLimits;
import org.corral.core.IoThrottle;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Stdio;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.unit.Maximum;
import org.corral.core.usage.IoUsage;
import org.corral.core.usage.MemoryUsage;
import org.junit.jupiter.api.Test;

/**
 * A quiet container beside one that takes what it can get. What the quiet one keeps is compared with what it had before, or with
 * what its neighbour got at the same time: nobody knows how fast the host is, or what else runs there.
 */
@Requires({Need.GATE, Need.PIDFD, Need.CPU})
class NeighbourIT extends HostTest {

    /** Of the half that is its share; what the scheduler's grain and its start take away is much less. */
    private static final double FAIR = 0.8;

    private static final Duration SOME_CPU_TIME = Duration.ofSeconds(2);
    private static final int OWN_PID = (int) ProcessHandle.current().pid();
    private static final String SPIN = "while :; do :; done";
    private static final int MOST_PIDS = 20;

    /** Forks sleepers, as many as it may and for ever, once it is told to. */
    private static final String FORK_BOMB =
            """
            import os, sys, time
            while not os.path.exists(sys.argv[1]): time.sleep(0.02)
            while True:
                try:
                    if os.fork() == 0:
                        time.sleep(1000)
                        os._exit(0)
                except OSError: time.sleep(0.01)
            """;

    /** {@code tail} keeps all of an input without newlines, and waits for more. */
    private static final String HOLD_24_MEBIBYTES = "(head -c 24M /dev/zero; sleep 1000) | tail";

    private static final long HELD_BYTES = 24 << 20;

    /** Without shares five loops on one CPU would have a fifth of it each. */
    @Test
    @Requires(Need.CPUACCT)
    void spinningThreads_sameShare_quietOneHasItsHalfOfTheCpu() throws Exception {
        ContainerId quiet = host.launch("quiet", onOneCpu(SPIN));
        ContainerId noisy = host.launch("noisy", onOneCpu((SPIN + " & ").repeat(3) + SPIN));
        Eventually.holds("both run", () -> isUsing(quiet) && isUsing(noisy));
        Duration quietBefore = cpuTime(quiet);
        Duration noisyBefore = cpuTime(noisy);

        Eventually.holds(
                "CPU time is used",
                () -> cpuTime(quiet)
                                .minus(quietBefore)
                                .plus(cpuTime(noisy).minus(noisyBefore))
                                .compareTo(SOME_CPU_TIME)
                        > 0);

        double quietPart = cpuTime(quiet).minus(quietBefore).toNanos();
        double noisyPart = cpuTime(noisy).minus(noisyBefore).toNanos();
        assertThat(quietPart / (quietPart + noisyPart)).isGreaterThanOrEqualTo(FAIR / 2);
    }

    private static LaunchRequest.Builder onOneCpu(String script) throws IOException {
        String allowed = ProcFiles.after("Cpus_allowed_list:", ProcFiles.read(OWN_PID, "status"));
        return Host.command("taskset", "-c", allowed.split("[-,]", 2)[0], "sh", "-c", script)
                .resources(Resources.NONE.withCpus(CpuAmount.parse("1")));
    }

    private boolean isUsing(ContainerId id) throws IOException {
        return cpuTime(id).compareTo(Duration.ofMillis(50)) > 0;
    }

    private Duration cpuTime(ContainerId id) throws IOException {
        return host.containers().usage(id).cpu().orElseThrow().total().orElseThrow();
    }

    @Test
    @Requires({Need.PIDS, Need.PYTHON3})
    void forkBomb_limitOfProcesses_isNeverPassedAndTheQuietOneForksOn() throws Exception {
        Path go = host.scratch("go-on");
        ContainerId bomb = host.launch(
                "bomb",
                Host.command("python3", "-c", FORK_BOMB, go.toString())
                        .environment(System.getenv())
                        .resources(Resources.NONE.withPids(MOST_PIDS)));
        assertThat(host.read(bomb, ControlFile.PIDS_MAX)).isEqualTo(String.valueOf(MOST_PIDS));

        Files.createFile(go);
        Eventually.holds("it is at its limit", () -> refusals(bomb) > 0);
        CompletableFuture<Termination> quiet = forkFiftyTimes();
        long most = 0;
        do {
            most = Math.max(most, processes(bomb));
        } while (!quiet.isDone());

        assertThat(most).isEqualTo(MOST_PIDS);
        assertThat(quiet.join().status()).hasValue(new ExitStatus.Exited(0));
        assertThat(host.output("quiet")).isEqualTo("51\n");
    }

    private CompletableFuture<Termination> forkFiftyTimes() throws IOException {
        Stdio out = Stdio.file(host.scratch("quiet"));
        String script = "i=1; while [ $i -le 50 ]; do /bin/true || exit 1; i=$((i+1)); done; echo $i";
        ContainerId id = host.launch(
                "quiet",
                Host.shell(script).stdio(Stdio.DISCARD, out, out).resources(Resources.NONE.withPids(MOST_PIDS)));
        return host.containers().wait(id).toCompletableFuture().thenApply(end -> end.orElseThrow());
    }

    /** Those that are there: pids.current counts a fork for a moment before it is refused. */
    private long processes(ContainerId id) throws IOException {
        return Files.readAllLines(host.cgroup(id, "pids").resolve("cgroup.procs"))
                .size();
    }

    private long refusals(ContainerId id) throws IOException {
        Path events = host.cgroup(id, "pids").resolve("pids.events");
        return Long.parseLong(ProcFiles.after("max ", Files.readString(events)));
    }

    @Test
    @Requires({Need.MEMORY, Need.EVENTFD})
    void memoryBalloon_ownLimit_endsItAloneAndTheQuietOneKeepsItsMemory() throws Exception {
        ContainerId quiet = holding(Resources.NONE.withMemory(DataSize.ofMebibytes(64)));
        long before = memory(quiet).anonBytes().orElseThrow();
        int pid = host.pid(quiet);

        ContainerId balloon = host.launch(
                "balloon",
                Host.command("tail", "/dev/zero").resources(Resources.NONE.withMemory(DataSize.ofMebibytes(64))));
        Termination end = host.end(balloon);

        assertThat(end.reason()).isEqualTo(TerminationReason.LIMITATION);
        assertThat(end.usage().memory().orElseThrow().oomKills().orElseThrow()).isPositive();
        assertThat(host.pid(quiet)).isEqualTo(pid);
        assertThat(memory(quiet).oomKills()).hasValue(0);
        assertThat(memory(quiet).anonBytes().orElseThrow()).isGreaterThanOrEqualTo((long) (0.95 * before));
    }

    private ContainerId holding(Resources resources) throws Exception {
        ContainerId quiet = host.launch("quiet", Host.shell(HOLD_24_MEBIBYTES).resources(resources));
        Eventually.holds("it has its memory", () -> memory(quiet).anonBytes().orElse(0) >= HELD_BYTES);
        return quiet;
    }

    private MemoryUsage memory(ContainerId id) throws IOException {
        return host.containers().usage(id).memory().orElseThrow();
    }

    /** Where there is {@code memory.low} or a soft limit, what the quiet one holds is below it. */
    @Test
    @Requires({Need.MEMORY, Need.FILES_ON_DISK})
    void pageCacheChurn_ownLimit_costsTheQuietOneNothing() throws Exception {
        ContainerId quiet = holding(
                Resources.NONE.withMemory(DataSize.ofMebibytes(64)).withMemoryRequest(DataSize.ofMebibytes(48)));
        long before = memory(quiet).anonBytes().orElseThrow();
        Path rounds = Files.createFile(host.scratch("rounds"));
        String churn = "while :; do dd if=/dev/zero of=" + host.scratch("churned")
                + " bs=1M count=80 oflag=dsync 2>/dev/null; cat " + host.scratch("churned") + " >/dev/null; echo >> "
                + rounds + "; done";
        ContainerId noisy =
                host.launch("noisy", Host.shell(churn).resources(Resources.NONE.withMemory(DataSize.ofMebibytes(64))));

        Eventually.holds("it has churned what it may have several times over", () -> Files.size(rounds) >= 3);

        assertThat(memory(noisy).peakBytes().orElseThrow()).isLessThanOrEqualTo(64 << 20);
        assertThat(memory(quiet).oomKills()).hasValue(0);
        assertThat(memory(quiet).anonBytes().orElseThrow()).isGreaterThanOrEqualTo((long) (0.95 * before));
    }

    /** Both write a block at a time and wait until it is on the disk; one of them may do so once a second. */
    @Test
    @Requires({Need.ROOT, Need.IO, Need.LOOP_DEVICE})
    void syncStorm_throttled_quietOneGetsTheDisk() throws Exception {
        try (LoopDevice disk = LoopDevice.of(host.scratch("disk"))) {
            ContainerId noisy = host.launch("noisy", storm(disk, 4 << 10));
            ContainerId quiet = host.launch("quiet", storm(disk, 1 << 30));

            Eventually.holds("the quiet one has written", () -> written(quiet, disk.number()) >= 1 << 20);

            double ratio = (double) written(quiet, disk.number()) / Math.max(1, written(noisy, disk.number()));
            assertThat(ratio).isGreaterThan(4);
            host.destroy(noisy);
            host.destroy(quiet);
        }
    }

    private static LaunchRequest.Builder storm(LoopDevice disk, long bytesPerSecond) throws IOException {
        IoThrottle throttle = IoThrottle.ofWriteBytes(Maximum.of(bytesPerSecond));
        return Host.shell("while :; do dd if=/dev/zero of=" + disk.path()
                        + " bs=4096 count=1024 oflag=direct,sync conv=notrunc 2>/dev/null; done")
                .resources(Resources.NONE.withIo(IoLimits.NONE.with(disk.number(), throttle)));
    }

    private long written(ContainerId id, DeviceNumber disk) throws IOException {
        return host.containers()
                .usage(id)
                .io()
                .orElseThrow()
                .devices()
                .getOrDefault(disk, IoUsage.Counts.ZERO)
                .writeBytes()
                .orElse(0);
    }
}
