package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.corral.it.Cli.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Agents in delegated v2 cgroups, which may not both hold the agent and give its containers controllers. */
@ExtendWith(LeakCheck.class)
@Requires({Need.ROOT, Need.PIDFD, Need.V2_MEMORY, Need.V2_PIDS})
class LeafRuleIT {

    private static final String SHOW_BOTH = "grep -h ^0:: /proc/self/cgroup /proc/$PPID/cgroup";

    private final List<Process> started = new ArrayList<>();
    private TestRoot root;
    private Nobody nobody;
    private DelegatedCgroup delegated;
    private String name;

    @BeforeEach
    void delegate(TestRoot own) throws IOException {
        root = own;
        nobody = new Nobody(own);
        delegated = DelegatedCgroup.make(own);
        name = own.cgroup();
    }

    @AfterEach
    void close() throws IOException {
        for (Process process : started) {
            Processes.end(process);
        }
        delegated.close();
        nobody.close();
    }

    @Test
    void run_aloneInTheCgroupAbove_movesToALeafForGood() throws Exception {
        Result result = corral(
                DelegatedCgroup.into(delegated.path()),
                "run --id web --mem 64M --root " + name + "/corral -- sh -c",
                SHOW_BOTH + "; cat " + delegated.path().resolve("corral/web/memory.max"));

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("0::" + name + "/corral/web\n0::" + name + "/agent\n67108864\n");
        assertThat(result.err()).containsOnlyOnce("this process moves to " + delegated.path() + "/agent");
        assertThat(delegated.below()).containsExactly("agent");
    }

    @Test
    void run_secondAgentInTheLeafOfTheFirst_buildsBesideIt() throws Exception {
        String run = "run --mem 64M --root " + name + "/corral -- true";
        assertThat(corral(DelegatedCgroup.into(delegated.path()), run).code()).isZero();

        Result second = corral(DelegatedCgroup.into(delegated.path().resolve("agent")), run);

        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).isEmpty();
    }

    @Test
    void run_othersInItToo_refusedNamingThemAndNothingIsDone() throws Exception {
        Process sleep = startIn(delegated.path(), "sleep", "1000");

        Result result =
                corral(DelegatedCgroup.into(delegated.path()), "run --mem 64M --root " + name + "/corral -- true");

        assertThat(result.code()).isEqualTo(125);
        assertThat(result.err())
                .containsOnlyOnce(delegated.path() + " holds processes (this process, " + sleep.pid() + " (sleep))")
                .contains("DelegateSubgroup=agent");
        assertThat(delegated.below()).isEmpty();
        assertThat(DelegatedCgroup.read(delegated.path(), "cgroup.subtree_control"))
                .isEmpty();
    }

    @Test
    void info_aloneOrWithOthers_tellsAndChangesNothing() throws Exception {
        String info = "info --root " + name + "/corral";
        assertThat(corral(DelegatedCgroup.into(delegated.path()), info).out()).contains("this process moves to ");

        startIn(delegated.path(), "sleep", "1000");

        assertThat(corral(DelegatedCgroup.into(delegated.path()), info).out()).contains(" (sleep)), and cgroup v2");
        assertThat(delegated.below()).isEmpty();
    }

    @Test
    @Requires(Need.MOUNT_NAMESPACE)
    void run_rootOfACgroupNamespace_movesToALeafThere() throws Exception {
        Path mountPoint = DelegatedCgroup.mountPoint();
        List<String> inside = new ArrayList<>(DelegatedCgroup.into(delegated.path()));
        inside.addAll(List.of("unshare", "--cgroup", "--mount", "--propagation", "private", "sh", "-c"));
        inside.add("umount " + mountPoint + " && mount -t cgroup2 cgroup2 " + mountPoint + " && exec \"$@\"");
        inside.add("sh");

        Result result = corral(inside, "run --id web --mem 64M -- sh -c", SHOW_BOTH);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("0::/corral/web\n0::/agent\n");
        assertThat(delegated.below()).containsExactly("agent");
    }

    /** Where systemd runs, what is above is taken for systemd's unless it bears the mark. */
    @Test
    @Requires({Need.SETPRIV, Need.V2_ALONE})
    void run_userInALeafOfADelegatedCgroup_buildsBesideIt() throws Exception {
        assumeFalse(Files.isDirectory(Path.of("/run/systemd/system")), "systemd runs here");
        DelegatedCgroup.write(DelegatedCgroup.mountPoint(), "cgroup.subtree_control", "+memory +pids");
        Path leaf = delegated.make("agent");
        DelegatedCgroup.giveTo(Nobody.ID, delegated.path());
        DelegatedCgroup.giveTo(Nobody.ID, leaf);

        Result result = asNobody(leaf, "run --id web --mem 64M -- sh -c", SHOW_BOTH);

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("0::" + name + "/corral/web\n0::" + name + "/agent\n");
        assertThat(delegated.below()).containsExactly("agent");
    }

    @Test
    @Requires({Need.SETPRIV, Need.V2_ALONE})
    void run_userGivenOneController_usesThatAndTellsOfTheOthers() throws Exception {
        DelegatedCgroup.write(DelegatedCgroup.mountPoint(), "cgroup.subtree_control", "+pids");
        Path part = delegated.make("part");
        DelegatedCgroup.write(delegated.path(), "cgroup.subtree_control", "+pids");
        DelegatedCgroup.giveTo(Nobody.ID, part);

        Result result = asNobody(part, "run --id web --pids 64 -- sh -c", "cat " + part + "/corral/web/pids.max");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("64\n");
        assertThat(result.err()).contains("cgroups/mem cannot be used").contains("Delegate=memory");
        assertThat(delegated.below()).containsExactly("part", "part/agent");
    }

    private Result asNobody(Path cgroup, String options, String... more) throws Exception {
        List<String> prefix = new ArrayList<>(DelegatedCgroup.into(cgroup));
        prefix.addAll(Nobody.PREFIX);
        return Cli.result(start(prefix, nobody.equip(), options, more));
    }

    private Result corral(List<String> prefix, String options, String... more) throws Exception {
        return Cli.result(start(prefix, Cli.SCRIPT, options, more));
    }

    private Process start(List<String> prefix, String script, String options, String... more) throws IOException {
        List<String> line = new ArrayList<>(prefix);
        line.add(script);
        line.addAll(List.of(options.split(" ", -1)));
        line.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("CORRAL_RUNTIME_DIR", Host.stateOf(root).toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }

    private Process startIn(Path cgroup, String... command) throws Exception {
        List<String> line = new ArrayList<>(DelegatedCgroup.into(cgroup));
        line.addAll(List.of(command));
        Process process = new ProcessBuilder(line).start();
        started.add(process);
        Eventually.holds(
                "it runs",
                () -> DelegatedCgroup.read(cgroup, "cgroup.procs").equals(String.valueOf(process.pid()))
                        && ProcFiles.read((int) process.pid(), "comm").equals(command[0]));
        return process;
    }
}
