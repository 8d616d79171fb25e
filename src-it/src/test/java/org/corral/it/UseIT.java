package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.CpuUsage;
import org.corral.it.conformance.MesosBehaviour;
import org.junit.jupiter.api.Test;

/** What containers use, and what comes of using more than allowed. Times are compared with each other alone. */
@Requires({Need.GATE, Need.PIDFD, Need.CPU, Need.CPUACCT, Need.MEMORY, Need.PIDS})
class UseIT extends HostTest {

    private static final long HELD_BYTES = 128 << 20;

    /** {@code tail} keeps all that it is given, a piece at a time. */
    @Test
    @MesosBehaviour(1)
    void memory_balloonGrowsPastItsLimit_isKilledAndTheAgentGoesOn() throws Exception {
        String balloon = "while :; do head -c 16M /dev/zero; sleep 0.1; done | tail";
        Resources limit = Resources.NONE.withMemory(DataSize.ofMebibytes(64));
        Termination termination = host.run("balloon", Host.shell(balloon).resources(limit));
        assertThat(termination.reason()).isEqualTo(TerminationReason.LIMITATION);
        assertThat(termination.limitations()).singleElement().satisfies(limitation -> {
            assertThat(limitation.resource()).isEqualTo("mem");
            assertThat(limitation.message()).contains("limit of 64.0MiB");
        });
        assertThat(host.run("next", Host.shell("exit 42")).status()).hasValue(new ExitStatus.Exited(42));
    }

    @Test
    @MesosBehaviour(11)
    void cpu_halfACpu_isNotExceeded() throws Exception {
        Resources half = Resources.NONE.withCpuLimit(CpuAmount.parse("0.5"));
        Termination termination =
                host.run("half", Host.shell("ulimit -t 1; while :; do :; done").resources(half));
        CpuUsage cpu = termination.usage().cpu().orElseThrow();
        assertThat(ratio(cpu.total().orElseThrow(), termination.wall())).isBetween(0.1, 0.6);
    }

    @Test
    @MesosBehaviour(19)
    void memory_held_isTold() throws Exception {
        String holding = "(head -c " + HELD_BYTES + " /dev/zero; sleep 1000) | tail";
        ContainerId id = host.launch("holder", Host.shell(holding));
        Eventually.holds(
                "it holds that much",
                () -> host.containers()
                                .usage(id)
                                .memory()
                                .orElseThrow()
                                .anonBytes()
                                .orElseThrow()
                        >= HELD_BYTES);
    }

    @Test
    @Requires(Need.USER_TIME)
    @MesosBehaviour(21)
    void cpu_readerOfRandomNumbers_isMostlySystemTime() throws Exception {
        LaunchRequest.Builder reader = Host.command("timeout", "1", "head", "-c", "100G", "/dev/urandom");
        Termination termination = host.end(host.launch("reader", reader));
        assertThat(termination.status()).hasValue(new ExitStatus.Exited(124));
        CpuUsage cpu = termination.usage().cpu().orElseThrow();
        assertThat(ratio(cpu.system().orElseThrow(), cpu.total().orElseThrow())).isGreaterThan(0.7);
    }

    private static double ratio(Duration part, Duration whole) {
        return (double) part.toNanos() / whole.toNanos();
    }

    /** One number for both, as the kernel's limit has it. */
    @Test
    @Requires(Need.PYTHON3)
    @MesosBehaviour(85)
    void pids_threadsOfAProcess_areCountedToo() throws Exception {
        String threads =
                """
                import threading, time
                for _ in range(3): threading.Thread(target=time.sleep, args=(1000,)).start()
                """;
        ContainerId id =
                host.launch("threads", Host.command("python3", "-c", threads).environment(System.getenv()));
        Path processes = host.cgroup(id, "pids").resolve("cgroup.procs");
        Eventually.holds(
                "all of its threads are there",
                () -> Files.readAllLines(processes).size() == 1 && tasks(id) == 4);
    }

    private long tasks(ContainerId id) throws IOException {
        return host.containers().usage(id).pids().orElseThrow().current().orElse(0);
    }
}
