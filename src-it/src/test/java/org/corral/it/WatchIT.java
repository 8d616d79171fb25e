package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.corral.it.Cli.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code corral stats --watch}, at a terminal and elsewhere. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.CPU, Need.CPUACCT, Need.MEMORY, Need.PYTHON3})
class WatchIT {

    private static final int SIGTERM = 15;
    private static final String LEAVE_SCREEN = "\u001b[?1049l";
    private static final String CTRL_C = "\u0003";

    private TestRoot root;
    private Cli corral;
    private Process web;

    @BeforeEach
    void runOne(TestRoot own) throws Exception {
        root = own;
        corral = new Cli(own);
        web = corral.start("run", "--id", "web", "--mem", "64M", "--", "sleep", "1000");
        corral.awaitRunning("web", "sleep");
    }

    @AfterEach
    void end() throws Exception {
        if (web.isAlive()) {
            corral.run("destroy", "web");
            Cli.result(web);
        }
        corral.close();
    }

    private TerminalSession watch(String... options) throws Exception {
        return TerminalSession.start(corral, List.of(), "10x120", "stats", options);
    }

    private static void assertTerminalIsGivenBack(Result end) {
        assertThat(end.code()).isZero();
        assertThat(end.err()).isEqualTo("as before");
        assertThat(end.out()).contains(LEAVE_SCREEN);
    }

    @Test
    void watch_atATerminal_sortsFollowsItsSizeAndQuits() throws Exception {
        TerminalSession session = watch("--watch");
        session.awaitShown("1 container, by CPU%, highest first");
        session.type("m");
        session.awaitShownAt("1 container, by MEMORY, highest first", "12x100", "12x101");
        session.type("r");
        session.awaitShownAt("by MEMORY, lowest first", "10x60", "10x61");
        session.type("q");
        assertTerminalIsGivenBack(session.end());
    }

    @Test
    void watch_containersComeAndGo_isSeen() throws Exception {
        TerminalSession session = watch("--watch", "--interval", "100ms");
        session.awaitShown("web ");
        Process db = corral.start("run", "--id", "db", "--", "sleep", "1000");
        corral.awaitRunning("db", "sleep");
        session.awaitShown("db ");
        corral.run("destroy", "db");
        corral.run("destroy", "web");
        Cli.result(db);
        session.awaitShownAt("0 containers", "11x100", "11x101");
        session.type(CTRL_C);
        assertTerminalIsGivenBack(session.end());
    }

    @Test
    void watch_terminated_givesTheTerminalBack() throws Exception {
        TerminalSession session = watch("--watch", "web");
        session.awaitShown("web ");
        session.signal(SIGTERM);
        assertTerminalIsGivenBack(session.end());
    }

    /** Neither stty(1) nor infocmp(1). */
    @Test
    @Requires(Need.PTRACE)
    void watch_traced_executesNothing() throws Exception {
        ExecTrace trace = new ExecTrace(root.runtimeDirectory().resolve("trace"));
        TerminalSession session = TerminalSession.start(corral, trace.prefix(), "10x120", "stats", "--watch");
        session.awaitShown("web ");
        session.type("q");
        assertTerminalIsGivenBack(session.end());
        assertThat(trace.programs()).containsExactly(Cli.SCRIPT, System.getProperty("java.home") + "/bin/java");
    }

    private Result piped(String options, String reader) throws Exception {
        String pipe = "\"$0\" \"$@\" " + options + " | " + reader;
        return Cli.result(corral.startBehind(List.of("bash", "-o", "pipefail", "-c", pipe), "stats"));
    }

    @Test
    void watch_readerGoes_endsQuietly() throws Exception {
        Result end = piped("--watch --interval 100ms", "head -n 8");
        assertThat(end.code()).isZero();
        assertThat(end.err()).isEmpty();
        assertThat(end.out().lines().filter(line -> line.startsWith("web "))).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void watch_json_aLineEachWithTheRate() throws Exception {
        Result end = piped("--watch --json --interval 100ms web", "head -n 2");
        assertThat(end.code()).isZero();
        assertThat(end.out()).hasLineCount(2).startsWith("{\"id\":\"web\"");
        assertThat(end.out().lines().skip(1).findFirst().orElseThrow()).containsPattern("\"nanosPerSecond\":[0-9]");
        assertThat(end.number("limitBytes")).isEqualTo(64 << 20);
    }

    @Test
    void watch_unknownContainer_refusedByName() throws Exception {
        Result end = corral.run("stats", "--watch", "web", "nobody");
        assertThat(end.code()).isEqualTo(125);
        assertThat(end.out()).isEmpty();
        assertThat(end.err()).hasLineCount(1).contains("nobody");
    }
}
