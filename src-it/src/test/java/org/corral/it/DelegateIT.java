package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.containerizer.isolator.Isolation;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Stdio;
import org.corral.it.conformance.MesosBehaviour;
import org.corral.linux.Linux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the user of a container may do to its cgroup where that is asked for. */
@ExtendWith(LeakCheck.class)
@Requires({Need.ROOT, Need.GATE, Need.PIDFD, Need.SETPRIV, Need.V2_BOUND})
class DelegateIT {

    private static final String USER = String.valueOf(Nobody.ID);
    private static final String MOVE_BELOW = "mkdir $0/below && echo $$ >$0/below/cgroup.procs && ";

    private TestRoot root;
    private Host host;

    @BeforeEach
    void open(TestRoot own) throws IOException {
        root = own;
        host = open("auto,cgroups/delegate");
    }

    private Host open(String isolation) throws IOException {
        return Host.open(root, options -> options.withIsolation(Isolation.parse(isolation)));
    }

    @AfterEach
    void close() throws Exception {
        host.close();
    }

    private Path unified(String name) throws IOException {
        return CgroupMount.unified().orElseThrow().directory(root).resolve(name);
    }

    /** {@return a request to run a script as that user, whose {@code $0} is the container's cgroup} */
    private LaunchRequest.Builder script(String name, String script) throws IOException {
        return Host.command("sh", "-c", script, unified(name).toString()).user(USER);
    }

    private ContainerId launchUntilReady(Host agent, String name, String script) throws Exception {
        Stdio output = Stdio.file(agent.scratch(name));
        ContainerId id = agent.launch(
                name, script(name, script + "echo ready; sleep 1000").stdio(Stdio.DISCARD, output, output));
        Eventually.holds("the script is done", () -> agent.output(name).endsWith("ready\n"));
        return id;
    }

    @Test
    @MesosBehaviour(83)
    void user_makesCgroupsBelowAndUsesThem_andCannotChangeTheLimits() throws Exception {
        String script = MOVE_BELOW
                + "mkdir $0/below/deeper && rmdir $0/below/deeper && sed -n 's/^0::.*\\///p' /proc/self/cgroup && "
                + "find $0 -maxdepth 1 -type f -writable -printf '%f\\n' | sort; [ -w $0/.. ] || echo not above; ";

        ContainerId id = launchUntilReady(host, "own", script);

        assertThat(host.output("own").lines())
                .containsExactly(
                        "below", "cgroup.procs", "cgroup.subtree_control", "cgroup.threads", "not above", "ready");
        assertThat(Files.readString(unified("own/below/cgroup.procs"))).contains(host.pid(id) + "\n");
        host.destroy(id);
        assertThat(unified("own")).doesNotExist();
    }

    @Test
    @Requires(Need.V2_PIDS)
    void user_givesControllersToCgroupsBelow_theirLimitsHold() throws Exception {
        String script = MOVE_BELOW
                + "echo +pids >$0/cgroup.subtree_control && echo 1 >$0/below/pids.max && { sleep 0 & } 2>&1; echo $?; ";

        host.run("limits", script("limits", script));

        assertThat(host.output("limits")).containsIgnoringCase("fork");
    }

    @Test
    void notAskedFor_cannotMakeAny() throws Exception {
        try (Host usual = open("auto")) {
            usual.run("usual", script("usual", "mkdir $0/below"));
            assertThat(usual.output("usual")).contains("Permission denied");
        }
    }

    /** As many as it may, and no more. */
    @Test
    void user_makesCgroupsWithoutEnd_isStoppedAndAllAreRemoved() throws Exception {
        String script = "i=0; while mkdir $0/$i 2>/dev/null; do i=$((i+1)); done; echo $i; "
                + "rmdir $0/0; d=$0/0; while mkdir $d 2>/dev/null; do d=$d/d; done; ";

        ContainerId id = launchUntilReady(host, "many", script);

        assertThat(host.output("many")).isEqualTo("1000\nready\n");
        host.destroy(id);
        assertThat(unified("many")).doesNotExist();
    }

    @Test
    @Requires(Need.PYTHON3)
    void user_takesTheMarksAway_anotherAgentStillFindsIt() throws Exception {
        String unmark = "python3 -c 'import os,sys; os.removexattr(sys.argv[1], \"user.corral.owner\"); "
                + "os.chmod(sys.argv[1], 0o700)' $0 && ";
        ContainerId id = launchUntilReady(host, "unmarked", MOVE_BELOW + unmark);
        CgroupTree others = new CgroupTree(Linux.ofThisHost(), host.corral().layout(), CgroupPath.of(root.cgroup()));

        try (Cgroup found = others.openOwn(id.value()).orElseThrow()) {
            assertThat(found.birthplace()).isPresent();
        }
    }
}
