package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.corral.it.Cli.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code corral run}, by the script that people use. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.CPU, Need.MEMORY})
class CliRunIT {

    private static final String BUSY = "while :; do :; done";

    private TestRoot root;
    private Cli corral;

    @BeforeEach
    void open(TestRoot own) {
        root = own;
        corral = new Cli(own);
    }

    @AfterEach
    void close() throws Exception {
        corral.close();
    }

    @Test
    void run_limits_commandIsInItsCgroups() throws Exception {
        Result result =
                corral.run("run", "--id", "web", "--cpus", "0.5", "--mem", "64M", "--", "cat", "/proc/self/cgroup");
        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        for (String controller : List.of("cpu", "memory", "pids")) {
            assertThat(ProcFiles.cgroup(result.out(), controller)).isEqualTo(root.cgroup() + "/web");
        }
    }

    /** Corral itself starts no other program, neither shell nor helper. */
    @Test
    @Requires(Need.PTRACE)
    void run_traced_executesTheCommandAlone() throws Exception {
        ExecTrace trace = new ExecTrace(root.runtimeDirectory().resolve("trace"));
        Result result = Cli.result(corral.startBehind(trace.prefix(), "run", "--", "/usr/bin/true"));
        assertThat(result.code()).isZero();
        assertThat(trace.programs())
                .containsExactly(Cli.SCRIPT, System.getProperty("java.home") + "/bin/java", "/usr/bin/true");
    }

    @Test
    void run_outOfMemory_exit137AndLimitAndPeakAreTold() throws Exception {
        Result result = corral.run("run", "--mem", "64M", "--report", "-", "--", "tail", "/dev/zero");
        assertThat(result.code()).isEqualTo(137);
        assertThat(result.err()).contains("limit of 64.0MiB").contains("peak 64.0MiB");
        assertThat(result.out()).contains("\"LIMITATION\"").contains("limit of 64.0MiB");
        assertThat(result.number("signal")).isEqualTo(9);
        assertThat(result.number("limitBytes")).isEqualTo(64 << 20);
        assertThat(result.number("peakBytes")).isEqualTo(64 << 20);
        assertThat(result.number("oomKills")).isPositive();
    }

    @Test
    void run_cpuLimit_reportTellsTheShareAndTheThrottling() throws Exception {
        QuarterCpu.assertShare(() -> {
            Result result =
                    corral.run("run", "--cpu-limit", "0.25", "--report", "-", "--", "timeout", "4", "sh", "-c", BUSY);
            assertThat(result.number("throttledPeriods")).isPositive();
            assertThat(result.number("throttledSeconds")).isPositive();
            return (result.number("userSeconds") + result.number("systemSeconds")) / result.number("wallSeconds");
        });
    }

    @Test
    @Requires({Need.ROOT, Need.CPUSET, Need.IO, Need.LOOP_DEVICE})
    void run_cpusetAndIo_areKeptAndReportedWithoutNamingAnIsolator() throws Exception {
        try (LoopDevice disk = LoopDevice.of(root.runtimeDirectory().resolve("disk"))) {
            List<String> line = new ArrayList<>(List.of("--cpuset-cpus", "0", "--report", "-", "--device-read-iops"));
            line.addAll(List.of(disk.path() + ":1000000", "--", "sh", "-c"));
            line.add(String.join(" ", disk.read(64)) + "; grep Cpus_allowed_list /proc/self/status");
            Result result = corral.run("run", line.toArray(String[]::new));
            assertThat(result.code()).as(result.err()).isZero();
            assertThat(result.err()).isEmpty();
            assertThat(ProcFiles.after("Cpus_allowed_list:", result.out())).isEqualTo("0");
            assertThat(result.number("readBytes")).isGreaterThanOrEqualTo(64 << 10);
            assertThat(result.out()).contains("\"device\" : \"" + disk.number() + "\"");
        }
    }

    @Test
    @Requires(Need.CPUSET)
    void run_isolatorForAKnobIsMissing_saysSoInOneLine() throws Exception {
        Result result = corral.run("run", "--cpuset-cpus", "0", "--isolation", "cgroups/cpu", "--", "true");
        assertThat(result.code()).isZero();
        assertThat(result.err()).hasLineCount(1).contains("not enforced", "cgroups/cpuset");
    }

    @ParameterizedTest
    @CsvSource({
        "42, sh -c 'exit 42'",
        "137, sh -c 'kill -9 $$'",
        "127, no-such-command",
        "126, /etc/passwd",
        "125, --no-such-option true",
        "125, --user no-such-user true",
        "125, --id ../escape true",
        "125, --mem 0 true",
        "125, --cpus -1 true",
        "125, --pids 0 true",
        "125, --isolation cgroups/none true",
        "125, --directory /no/such/directory true",
        "125, --stdout /no/such/directory/file true",
        "125, --timeout 0s true",
        "125, --cpuset-cpus 60000 true",
        "125, --memory-swap 64M true",
        "125, --device-read-bps /dev/null:1M true",
        "125, --device-read-bps /no/such/device:1M true",
        "125, --io-weight 0 true"
    })
    void run_exitCode_asAShellsAndNothingIsLeft(int code, String line) throws Exception {
        Process process = corral.startBehind(List.of("sh", "-c", "exec \"$0\" \"$@\" " + line), "run");
        Result result = Cli.result(process);
        assertThat(result.code()).as(result.err()).isEqualTo(code);
        assertThat(result.err().isEmpty()).isEqualTo(code == 42 || code == 137);
    }

    @Test
    void run_rootWithEmptyPart_refused() throws Exception {
        try (Cli elsewhere = new Cli(new TestRoot("a//b", root.runtimeDirectory()))) {
            Result result = elsewhere.run("run", "--", "true");
            assertThat(result.code()).isEqualTo(125);
            assertThat(result.err()).contains("/a//b");
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "HUP, 143"})
    void run_signalled_containerEndsAndNothingIsLeft(String signal, int code) throws Exception {
        List<String> heeding =
                List.of("env", "--default-signal=INT,HUP"); // whoever runs the tests may ignore them: nohup
        Process run =
                corral.startBehind(heeding, "run", "--id", "signalled", "--stop-timeout", "1s", "--", "sleep", "1000");
        int pid = corral.awaitRunning("signalled", "sleep");
        send(signal, run.pid());
        assertThat(Cli.result(run).code()).isEqualTo(code);
        assertThat(ProcFiles.isAlive(pid)).isFalse();
    }

    @Test
    void run_commandIgnoresSigterm_killedAfterTheStopTimeout() throws Exception {
        String stubborn = "trap '' TERM; sleep 1000";
        Process run = corral.start("run", "--id", "stubborn", "--stop-timeout", "1s", "--", "sh", "-c", stubborn);
        corral.awaitRunning("stubborn", "sleep");
        send("TERM", run.pid());
        assertThat(Cli.result(run).code()).isEqualTo(137);
    }

    private static void send(String signal, long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }

    @Test
    void run_timeout_endsAndTellsIt() throws Exception {
        Result result = corral.run("run", "--timeout", "1s", "--report", "-", "--", "sleep", "1000");
        assertThat(result.code()).isEqualTo(143);
        assertThat(result.out()).contains("\"TIMEOUT\"");
    }

    @Test
    void run_killed_nextDestroyCleansUp() throws Exception {
        Process run = corral.start("run", "--id", "orphan", "--", "sleep", "1000");
        int pid = corral.awaitRunning("orphan", "sleep");
        run.destroyForcibly().waitFor();
        assertThat(ProcFiles.isAlive(pid)).isTrue();
        assertThat(corral.run("ls").out()).contains("orphan");
        assertThat(corral.run("destroy", "orphan").code()).isZero();
        assertThat(ProcFiles.isAlive(pid)).isFalse();
    }
}
