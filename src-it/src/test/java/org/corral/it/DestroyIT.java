package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.Stdio;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.it.conformance.MesosBehaviour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The end of containers whose processes do not want to end. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.FREEZER})
class DestroyIT {

    private static final int PROCESSES = 50;

    private Host host;
    private Process bystander;

    @BeforeEach
    void open(TestRoot root) throws IOException {
        host = Host.open(root);
        bystander = new ProcessBuilder("sleep", "1000").start();
    }

    /** Nothing of the agent's is ever killed with a container. */
    @AfterEach
    void close() throws Exception {
        host.close();
        assertThat(bystander.isAlive()).isTrue();
        bystander.destroyForcibly().waitFor();
    }

    @Test
    @MesosBehaviour(5)
    void destroy_manyProcessesSomeStopped_allGone() throws Exception {
        String script = "trap '' TERM HUP INT; i=0; while [ $i -lt " + PROCESSES + " ]; do i=$((i+1)); sleep 1000 & "
                + "[ $((i % 5)) -ne 0 ] || kill -STOP $!; done; wait";
        ContainerId id = host.launch("many", Host.shell(script));
        destroyAll(id, PROCESSES + 1);
    }

    @Test
    void destroy_daemon_gone() throws Exception {
        ContainerId id = host.launch("daemon", Host.shell("(setsid sh -c 'sleep 1000 & sleep 1000' &); sleep 1000"));
        destroyAll(id, 4);
    }

    @Test
    void exitOfTheFirst_daemonStillRuns_itIsEndedToo() throws Exception {
        Path go = host.scratch("go");
        String script = "(setsid sleep 1000 > /dev/null 2>&1 &); until [ -e " + go + " ]; do sleep 0.05; done; exit 5";
        ContainerId id = host.launch("orphan", Host.shell(script));
        List<Integer> pids = awaitPids(id, 3);
        Files.createFile(go);
        assertThat(host.end(id).status()).hasValue(new ExitStatus.Exited(5));
        assertGone(pids);
    }

    @Test
    @Requires(Need.PTRACE)
    @MesosBehaviour(6)
    void destroy_tracedFromInside_gone() throws Exception {
        ContainerId id = host.launch("traced", Host.shell("strace -f -o /dev/null sleep 1000 & sleep 1000"));
        destroyAll(id, 4);
    }

    @Test
    @Requires(Need.PTRACE)
    @MesosBehaviour(6)
    void destroy_tracedFromOutside_gone() throws Exception {
        ContainerId id = host.launch("traced", Host.shell("kill -STOP $$; sleep 1000"));
        Process tracer = new ProcessBuilder("strace", "-o", "/dev/null", "-p", String.valueOf(host.pid(id))).start();
        try {
            Eventually.holds("it is traced", () -> tracerOf(host.pid(id)) == tracer.pid());
            assertThat(destroyAll(id, 1).status()).hasValue(new ExitStatus.Signaled(9));
        } finally {
            tracer.destroyForcibly().waitFor();
        }
    }

    private static long tracerOf(int pid) throws IOException {
        return Long.parseLong(ProcFiles.after("TracerPid:", ProcFiles.read(pid, "status")));
    }

    @Test
    void destroy_processInCgroupBelow_goneWithTheCgroup() throws Exception {
        ContainerId id = host.launch("nested", Host.shell(movingBelow("nested") + "sleep 1000"));
        destroyAll(id, 3);
    }

    /** Not even text: what a container calls its cgroups is its own affair. */
    @Test
    void destroy_cgroupsBelowOfAnyName_gone() throws Exception {
        Path cgroup = host.cgroup(ContainerId.of("names"), "freezer");
        String script = "cd " + cgroup
                + " && mkdir \"$(printf 'a\\377')\" \"$(printf 'b\\t\\033')\" ü && echo ready; sleep 1000";
        Stdio ready = Stdio.file(host.scratch("ready"));
        ContainerId id = host.launch("names", Host.shell(script).stdio(Stdio.DISCARD, ready, ready));
        Eventually.holds("they are made", () -> host.output("ready").equals("ready\n"));
        destroyAll(id, 1);
    }

    @Test
    void destroy_frozen_gone() throws Exception {
        ContainerId id = host.launch("frozen", Host.shell("sleep 1000 & sleep 1000"));
        awaitPids(id, 3);
        freeze(host.cgroup(id, "freezer"));
        destroyAll(id, 3);
    }

    @Test
    void destroy_cgroupBelowFrozen_gone() throws Exception {
        ContainerId id = host.launch("frozen", Host.shell(movingBelow("frozen") + "sleep 1000"));
        Path below = host.cgroup(id, "freezer").resolve("below");
        Path procs = below.resolve("cgroup.procs");
        Eventually.holds(
                "one moved below",
                () -> Files.exists(procs) && !Files.readString(procs).isEmpty());
        freeze(below);
        destroyAll(id, 3);
    }

    private String movingBelow(String name) throws IOException {
        Set<Path> directories = new LinkedHashSet<>();
        for (String controller : List.of("freezer", "memory", "pids")) {
            directories.add(host.cgroup(ContainerId.of(name), controller).resolve("below"));
        }
        StringBuilder script = new StringBuilder("sleep 1000 & sleep 1000 & ");
        for (Path below : directories) {
            script.append("mkdir " + below + " && echo $! > " + below + "/cgroup.procs; ");
        }
        return script.toString();
    }

    private static void freeze(Path cgroup) throws Exception {
        Path control = cgroup.resolve(ControlFile.FREEZER.file());
        Files.writeString(control, ControlFile.FREEZER.either("FROZEN", "1"), StandardOpenOption.WRITE);
        Path state = cgroup.resolve(ControlFile.FREEZER.either("freezer.state", "cgroup.events"));
        String frozen = ControlFile.FREEZER.either("FROZEN", "frozen 1");
        Eventually.holds("it is frozen", () -> Files.readString(state).contains(frozen));
    }

    private Termination destroyAll(ContainerId id, int count) throws Exception {
        List<Integer> pids = awaitPids(id, count);
        Termination termination = host.destroy(id);
        assertThat(termination.reason()).isEqualTo(TerminationReason.DESTROYED);
        assertGone(pids);
        assertThat(host.cgroup(id, "freezer")).doesNotExist();
        assertThat(host.containers().containers()).isEmpty();
        return termination;
    }

    /** Who dies has left its cgroup a moment before it is a zombie. */
    private static void assertGone(List<Integer> pids) throws Exception {
        assertThat(pids).isNotEmpty();
        Eventually.holds("they are gone", () -> pids.stream().noneMatch(ProcFiles::isAlive));
    }

    private List<Integer> awaitPids(ContainerId id, int count) throws Exception {
        Eventually.holds(count + " processes are there", () -> pids(id).size() >= count);
        return pids(id);
    }

    private List<Integer> pids(ContainerId id) throws IOException {
        List<Integer> pids = new ArrayList<>();
        for (Path cgroup : Tree.directories(host.cgroup(id, "freezer"), Integer.MAX_VALUE)) {
            Files.readAllLines(cgroup.resolve("cgroup.procs")).forEach(line -> pids.add(Integer.valueOf(line)));
        }
        return pids;
    }
}
