package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.corral.linux.Linux;
import org.corral.linux.raw.TerminalCalls;
import org.corral.testing.FakeKernel;
import org.corral.testing.UnexpectedCalls;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong command lines, on a kernel that fails the test when it is asked to make anything. */
class CommandLineTest {

    private static final Map<String, String> ENVIRONMENT =
            Map.of("HOME", "/root", "USER", "root", "LOGNAME", "root", "SHELL", "/bin/sh");

    @TempDir
    private Path root;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void twoCpus() throws IOException {
        Path cpus = Files.createDirectories(root.resolve("sys/devices/system/cpu"));
        Files.writeString(cpus.resolve("online"), "0-1\n");
        Path nodes = Files.createDirectories(root.resolve("sys/devices/system/node"));
        Files.writeString(nodes.resolve("online"), "0\n");
        Files.createDirectories(root.resolve("sys/dev/block/8:0"));
    }

    private int execute(Map<String, String> environment, String... arguments) {
        Linux linux = new FakeKernel()
                .on("isTerminal", fd -> false)
                .on("effectiveUserId", none -> 0)
                .on("byName", name -> Optional.empty())
                .linux(root);
        Host host = new Host(
                () -> linux,
                () -> UnexpectedCalls.of(TerminalCalls.class),
                environment,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return CorralCommand.execute(host, arguments);
    }

    private String refused(String... arguments) {
        assertThat(execute(ENVIRONMENT, arguments)).isEqualTo(125);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        String message = err.toString(StandardCharsets.UTF_8);
        assertThat(message).startsWith("corral: ").endsWith("\n").hasLineCount(1);
        return message;
    }

    private String refusedRun(String... options) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--", "true"));
        return refused(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/b", "..", ".", "-x", "a\nb", "a\0b", "a b", "ä"})
    void run_badId_refusedWithAlphabet(String id) {
        assertThat(refusedRun("--id=" + id)).contains("--id: container id '", "give 1 to 128 of A-Z a-z 0-9");
    }

    @Test
    void run_idOf4096Bytes_refusedWithoutRepeatingIt() {
        assertThat(refusedRun("--id=" + "a".repeat(4096)))
                .contains("(4096 characters)")
                .hasSizeLessThan(250);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e99", "64 megs", "", "NaN", "0x10", "64X", "9999999999999999999"})
    void run_badSize_refusedWithValue(String size) {
        assertThat(refusedRun("--mem=" + size)).contains("--mem: size '" + size + "'");
    }

    @Test
    void run_noMemoryAtAll_refused() {
        assertThat(refusedRun("--mem", "0")).contains("memory limit 0 would let nothing run");
    }

    @Test
    void run_requestAboveLimit_refused() {
        assertThat(refusedRun("--mem", "64M", "--mem-request", "65M")).contains("65MiB", "64MiB", "lower the request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "1e3", "two", "", "0.0000000001"})
    void run_badCpus_refused(String cpus) {
        assertThat(refusedRun("--cpus=" + cpus)).contains("--cpus: cpu amount ", "give a number of CPUs");
    }

    @ParameterizedTest
    @CsvSource({"--cpus,2.1", "--cpu-limit,3"})
    void run_moreCpusThanTheHostHas_refusedWithBoth(String option, String cpus) {
        assertThat(refusedRun(option, cpus))
                .contains(option + " " + cpus + " is more than this host has: give at most 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foo", "cgroups/cpu,foo", "", "cgroups/cpu,posix/cpu", "cgroups/cpu,auto"})
    void run_badIsolation_refusedWithTheForm(String isolation) {
        assertThat(refusedRun("--isolation=" + isolation))
                .contains("--isolation: isolation '", "give auto, or names as cgroups/cpu,cgroups/mem");
    }

    @Test
    void run_unknownIsolator_refusedWithChoices() {
        assertThat(refusedRun("--isolation=cgroups/cpu,cgroups/none"))
                .contains("isolation 'cgroups/none' is unknown", "cgroups/pids", "posix/mem");
    }

    @ParameterizedTest
    @CsvSource({
        "posix/cpu, isolator option 'posix/cpu' is not of the form kind/name:key=value",
        "posix/none:x=1, isolation 'posix/none' is unknown",
        "posix/cpu:x=1, isolator option 'posix/cpu:x' is unknown: posix/cpu takes none"
    })
    void run_badIsolatorOption_refused(String option, String message) {
        assertThat(refusedRun("--isolator-option", option)).contains(message);
    }

    @ParameterizedTest
    @CsvSource({
        "--pids, 0, pids limit 0 is below 1",
        "--pids, many, --pids: 'many' is not a long",
        "--directory, /nonexistent, --directory /nonexistent is no folder: make it",
        "--stdin, /nonexistent, --stdin /nonexistent cannot be read: give an existing",
        "--stdout, /nonexistent/o, --stdout /nonexistent/o cannot be written: give a file",
        "--stderr, /dev, --stderr /dev cannot be written",
        "--report, /nonexistent/r.json, --report /nonexistent/r.json cannot be written",
        "--user, nosuch, --user nosuch is unknown on this host",
        "--timeout, 5x, --timeout: duration '5x'",
        "--timeout, 0, --timeout 0 would let nothing run",
        "--stop-timeout, -1, --stop-timeout: duration '-1'",
        "--ulimit, foo=1, rlimit 'foo' is unknown",
        "--oom-score-adj, 1001, oom_score_adj 1001 is not in -1000 to 1000",
        "--env, NOT_SET, --env NOT_SET is not set here",
        "--env, =x, needs a name",
        "--disk, 1G, --disk 1GiB needs --directory",
        "--mem-floor, much, --mem-floor: size 'much'",
        "--cpuset-cpus, 0-, --cpuset-cpus: list '0-'",
        "--cpuset-cpus, '', the list of CPUs is empty",
        "--cpuset-cpus, '1,3', '--cpuset-cpus 1,3 is not all on this host: give some of 0-1'",
        "--cpuset-mems, 1, --cpuset-mems 1 is not all on this host: give some of 0",
        "--memory-swap, much, --memory-swap: size 'much'",
        "--memory-swap, 64M, limit 64MiB of memory and swap needs a memory limit",
        "--io-weight, 0, io weight 0 is out of range: give 1 to 10000",
        "--io-weight, heavy, --io-weight: 'heavy' is not an int",
        "--device-read-bps, /dev/sda, give DEVICE:RATE",
        "--device-read-bps, 8:0:much, size 'much'",
        "--device-write-bps, 8:0:0, rate of 0 bytes per second is out of range",
        "--device-read-iops, 8:0:1k, number '1k'",
        "--device-write-iops, 8:0:4294967295, out of range",
        "--device-write-iops, 9:9:10, device 9:9 is no block device of this host",
        "--device-read-bps, sda:1M, 'sda' is neither a path nor a number",
        "--hugetlb, 2M, give SIZE=LIMIT",
        "--hugetlb, x=1M, size 'x'",
        "--hugetlb, 2M=3M, limit 3MiB of huge pages is not a whole number of pages of 2MiB"
    })
    void run_badValue_refused(String option, String value, String message) {
        assertThat(refusedRun(option, value)).contains(message);
    }

    @Test
    void run_swapBelowTheMemoryLimit_refused() {
        assertThat(refusedRun("--mem", "64M", "--memory-swap", "63M")).contains("63MiB", "64MiB", "no swap");
    }

    @Test
    void run_nulInArgument_refused() {
        assertThat(refused("run", "--", "echo", "a\0b")).contains("NUL character");
    }

    @Test
    void run_nothingToRun_refusedWithHint() {
        assertThat(refused("run", "--mem", "64M")).contains("COMMAND", "see 'corral run --help'");
    }

    @Test
    void run_unknownOption_refusedWithHint() {
        assertThat(refused("run", "--memory", "64M", "--", "true"))
                .contains("'--memory'; similar: --mem, ", "; see 'corral run --help'");
    }

    @Test
    void run_unknownOptionLikeNone_refusedWithoutGuessing() {
        assertThat(refused("run", "--volume", "/a", "--", "true")).contains("'--volume'; see");
    }

    @Test
    void run_optionTwice_refused() {
        assertThat(refusedRun("--mem", "64M", "--mem", "65M")).contains("--mem");
    }

    @Test
    void corral_noCommand_refusedWithHint() {
        assertThat(refused()).contains("a command is missing", "see 'corral --help'");
    }

    @Test
    void corral_unknownCommand_refused() {
        assertThat(refused("frobnicate")).contains("frobnicate");
    }

    @Test
    void update_memoryPolicyThatThereIsNot_refusedNamingThem() {
        assertThat(refused("update", "web-1", "--mem", "64M", "--memory-policy", "kill"))
                .contains("'kill' is unknown: give keep, refuse, reclaim or force");
    }

    @Test
    void update_nothing_refused() {
        assertThat(refused("update", "web-1")).contains("nothing to change", "see 'corral update --help'");
    }

    @Test
    void kill_unknownSignal_refused() {
        assertThat(refused("kill", "--signal", "FOO", "web-1")).contains("--signal: signal 'FOO' is unknown");
    }

    @Test
    void kill_badId_refusedWithItsName() {
        assertThat(refused("kill", "a/b")).contains("ID: container id 'a/b'");
    }

    @Test
    void destroy_noId_refused() {
        assertThat(refused("destroy")).contains("ID", "see 'corral destroy --help'");
    }

    @Test
    void debug_failure_tellsWhereItComesFrom() {
        execute(ENVIRONMENT, "run", "--debug", "--mem", "0", "--", "true");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("\tat org.corral.core.Resources");
    }

    @Test
    void run_help_tellsOptionsAndExitCodes() {
        assertThat(execute(ENVIRONMENT, "run", "--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--mem-request", "125", "127");
    }

    @Test
    void version_always_tellsAllThree() {
        assertThat(execute(ENVIRONMENT, "version")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        corral -> assertThat(corral).startsWith("corral "),
                        java -> assertThat(java).startsWith("java " + System.getProperty("java.version")),
                        linux -> assertThat(linux).startsWith("linux "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "99ms"})
    void stats_shortInterval_refusedWithValue(String interval) {
        assertThat(refused("stats", "--watch", "--interval", interval))
                .contains("--interval of ", " ms is too short: give 100ms or more");
    }

    @Test
    void stats_intervalWithoutWatch_refused() {
        assertThat(refused("stats", "--interval", "2s")).contains("--interval is for --watch");
    }
}
