package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchRequest;
import org.corral.core.Rlimit;
import org.corral.core.Stdio;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.it.conformance.MesosBehaviour;
import org.junit.jupiter.api.Test;

/** What a command finds when it begins. */
@Requires({Need.GATE, Need.PIDFD, Need.CPU})
class LaunchIT extends HostTest {

    private static final int LAUNCHES = 500;
    private static final int AT_A_TIME = 4;

    @Test
    void launch_fiveHundredTimes_commandIsInItsCgroupsFromItsFirstInstruction() throws Exception {
        ExecutorService launches = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<Future<Map<String, String>>> seen = new ArrayList<>();
            for (int i = 0; i < LAUNCHES; i++) {
                String name = "c" + i;
                seen.add(launches.submit(() -> cgroupsSeenBy(name)));
            }
            for (int i = 0; i < LAUNCHES; i++) {
                assertThat(seen.get(i).get()).containsAllEntriesOf(expectedOf("c" + i));
            }
        } finally {
            launches.shutdownNow();
            launches.awaitTermination(1, TimeUnit.MINUTES);
        }
    }

    private Map<String, String> cgroupsSeenBy(String name) throws Exception {
        host.run(name, Host.command("cat", "/proc/self/cgroup"));
        return ProcFiles.cgroups(host.output(name));
    }

    private Map<String, String> expectedOf(String name) throws IOException {
        String top = root.cgroup();
        Map<String, String> paths = new HashMap<>();
        host.corral().layout().bindings().forEach((controller, hierarchy) -> {
            String key = hierarchy.version() == CgroupVersion.V1 ? controller.v1Name() : "";
            paths.put(key, top + "/" + name);
        });
        assertThat(host.corral().layout().bindings()).containsKeys(Controller.CPU, Controller.MEMORY, Controller.PIDS);
        return paths;
    }

    @Test
    void launch_always_standardDescriptorsAlone() throws Exception {
        host.run("fds", Host.shell("ls /proc/$$/fd; true"));
        assertThat(host.output("fds")).isEqualTo("0\n1\n2\n");
    }

    @Test
    @MesosBehaviour(98)
    void launch_environment_isTheWholeEnvironment() throws Exception {
        Map<String, String> given = Map.of("GREETING", "grüß = dich", "EMPTY", "");
        host.run("env", Host.command("/usr/bin/env").environment(given));
        assertThat(host.output("env").lines()).containsExactlyInAnyOrder("GREETING=grüß = dich", "EMPTY=");
    }

    @Test
    void launch_directory_isTheWorkingDirectory() throws Exception {
        host.run("pwd", Host.command("/bin/pwd", "-P").directory(Path.of("/usr/bin")));
        assertThat(host.output("pwd")).isEqualTo(Path.of("/usr/bin").toRealPath() + "\n");
    }

    @Test
    @MesosBehaviour(53)
    void launch_files_areReadAndAppendedTo() throws Exception {
        Files.writeString(host.scratch("in"), "from the file");
        Files.writeString(host.scratch("out"), "before ");
        Stdio in = Stdio.file(host.scratch("in"));
        Stdio out = Stdio.file(host.scratch("out"));
        Stdio err = Stdio.file(host.scratch("err"));
        ContainerId id = host.launch("io", Host.shell("cat; echo complaint >&2").stdio(in, out, err));
        host.end(id);
        assertThat(host.output("out")).isEqualTo("before from the file");
        assertThat(host.output("err")).isEqualTo("complaint\n");
    }

    @Test
    @Requires({Need.ROOT, Need.SETPRIV})
    void launch_user_isThatUserWithoutCapabilities() throws Exception {
        host.run("id", Host.shell("id -u; id -g; cat /proc/self/status").user("65534"));
        String output = host.output("id");
        assertThat(output).startsWith("65534\n65534\n");
        assertThat(ProcFiles.after("CapInh:", output)).containsPattern("^0+$");
        assertThat(ProcFiles.after("CapEff:", output)).containsPattern("^0+$");
    }

    @Test
    @Requires({Need.ROOT, Need.SETPRIV})
    @MesosBehaviour(54)
    void launch_user_ownsTheOutputItMakesAndNoneThatWasThere() throws Exception {
        Stdio out = Stdio.file(host.scratch("out"));
        Stdio err = Stdio.file(Files.writeString(host.scratch("err"), "before\n"));
        LaunchRequest.Builder request =
                Host.shell("echo told; echo complaint >&2").user(Nobody.ID + ":7");

        host.end(host.launch("owner", request.stdio(Stdio.DISCARD, out, err)));

        assertThat(host.output("out")).isEqualTo("told\n");
        assertThat(host.output("err")).isEqualTo("before\ncomplaint\n");
        assertThat(Files.readAttributes(host.scratch("out"), "unix:uid,gid"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("uid", Nobody.ID, "gid", 7));
        assertThat(Files.getAttribute(host.scratch("err"), "unix:uid")).isEqualTo(0);
    }

    @Test
    void launch_rlimits_holdForTheCommand() throws Exception {
        Map<Rlimit, Rlimit.Limits> limits =
                Map.of(Rlimit.NOFILE, new Rlimit.Limits(123, 456), Rlimit.CORE, new Rlimit.Limits(0, 0));
        host.run("limits", Host.shell("ulimit -Sn; ulimit -Hn; ulimit -c").rlimits(limits));
        assertThat(host.output("limits")).isEqualTo("123\n456\n0\n");
    }

    @Test
    @MesosBehaviour(15)
    void launch_oomScoreAdj_isRaised() throws Exception {
        host.run("oom", Host.command("cat", "/proc/self/oom_score_adj").oomScoreAdj(321));
        assertThat(host.output("oom")).isEqualTo("321\n");
    }

    @Test
    void launch_ownSession_leadsIt() throws Exception {
        ContainerId id = host.launch("leader", Host.command("sleep", "1000"));
        assertThat(sessionOf(host.pid(id))).isEqualTo(host.pid(id));
    }

    @Test
    void launch_inheritedSession_staysInOurs() throws Exception {
        LaunchRequest.Builder sleep = Host.command("sleep", "1000").session(LaunchRequest.Session.INHERIT);
        ContainerId id = host.launch("member", sleep);
        assertThat(sessionOf(host.pid(id)))
                .isEqualTo(sessionOf((int) ProcessHandle.current().pid()));
    }

    private static int sessionOf(int pid) throws IOException {
        String stat = ProcFiles.read(pid, "stat");
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
    }

    @Test
    @MesosBehaviour({2, 57, 103})
    void launch_exitCode_isTold() throws Exception {
        Termination termination = host.run("exit", Host.shell("exit 42"));
        assertThat(termination.status()).hasValue(new ExitStatus.Exited(42));
        assertThat(termination.reason()).isEqualTo(TerminationReason.EXITED);
        assertThat(termination.limitations()).isEmpty();
    }

    @Test
    void launch_killedFromOutside_signalIsTold() throws Exception {
        Termination termination = host.run("suicide", Host.shell("kill -9 $$"));
        assertThat(termination.status()).hasValue(new ExitStatus.Signaled(9));
        assertThat(termination.reason()).isEqualTo(TerminationReason.SIGNALED);
    }
}
