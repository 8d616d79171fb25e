package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.LayoutDiscovery;
import org.corral.it.Cli.Result;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.process.PidFd;
import org.corral.linux.raw.Constants;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes that are born in a v2 cgroup: glibc 2.39 and Linux 5.7, which only a try can tell. */
@ExtendWith(LeakCheck.class)
@Requires({Need.PIDFD, Need.V2_MEMORY, Need.V2_PIDS, Need.SPAWN_INTO_CGROUP})
class SpawnIntoCgroupIT {

    private static final Set<Controller> CONTROLLERS = Set.of(Controller.MEMORY, Controller.PIDS);

    private final Linux linux = Linux.ofThisHost();
    private TestRoot root;
    private CgroupTree tree;

    @BeforeEach
    void open(TestRoot own) throws IOException {
        root = own;
        tree = new CgroupTree(linux, LayoutDiscovery.discover(linux).only(CONTROLLERS), CgroupPath.of(own.cgroup()));
    }

    @AfterEach
    void removeRoot() throws IOException {
        tree.removeIfEmpty();
    }

    @Test
    void spawn_planWithACgroup_bornThereAndAttachWritesNothing() throws Exception {
        Path output = root.runtimeDirectory().resolve("output");
        try (Cgroup cgroup = tree.create("a", "test");
                CgroupDir.Pin place = birthplace(cgroup).pin()) {
            int pid = linux.processes().spawn(sleepingAfterShowing(output).inCgroup(place.descriptor()));
            try (PidFd process = PidFd.open(linux, pid).orElseThrow()) {
                Eventually.holds("it tells", () -> Files.exists(output) && Files.size(output) > 0);
                assertThat(output).hasContent("0::" + birthplace(cgroup).path());
                Eventually.passes(() -> assertThat(cgroup.pids()).containsExactly(pid)); // cat has ended
                cgroup.attach(pid);
                cgroup.killAll(OneCgroup.PATIENCE);
                Eventually.holds(
                        "it is reaped",
                        () -> linux.processes().wait(process.fd().number()).isPresent());
            }
            cgroup.delete(OneCgroup.PATIENCE);
        }
        Files.delete(output);
    }

    private static CgroupDir birthplace(Cgroup cgroup) {
        return cgroup.birthplace().orElseThrow();
    }

    private static SpawnPlan sleepingAfterShowing(Path output) {
        int flags = Constants.O_WRONLY | Constants.O_CREAT | Constants.O_APPEND;
        return new SpawnPlan(
                "/bin/sh",
                List.of("sh", "-c", "cat /proc/self/cgroup; exec sleep 1000"),
                List.of("PATH=/usr/bin:/bin"),
                List.of(new Action.Open(1, output.toString(), flags, 0600), new Action.CloseFrom(3)),
                true);
    }

    /** With controllers alone that know threads, as pids, it would not be refused. */
    @Test
    void spawn_cgroupThatGivesControllers_refusedWithoutAChild() throws Exception {
        try (Cgroup cgroup = tree.create("a", "test");
                CgroupDir.Pin place = birthplace(cgroup).pin()) {
            Path inner = CgroupMount.of("pids").directory(root).resolve("a");
            DelegatedCgroup.write(inner, "cgroup.subtree_control", "+memory");
            SpawnPlan plan = sleepingAfterShowing(root.runtimeDirectory().resolve("output"));

            assertThat(refusal(plan.inCgroup(place.descriptor()))).isEqualTo(Errno.EBUSY);

            assertThat(cgroup.allPids()).isEmpty();
            cgroup.delete(OneCgroup.PATIENCE);
        }
    }

    private Errno refusal(SpawnPlan plan) {
        try {
            throw new AssertionError("pid " + linux.processes().spawn(plan) + " was born in spite of it");
        } catch (ErrnoException e) {
            return e.errno();
        }
    }

    /** At its limit a cgroup takes no child, and yet a process that exists. */
    @Test
    void launch_cgroupAtItsLimitOfProcesses_movedThereInstead() throws Exception {
        try (Cgroup cgroup = tree.create("a", "test");
                CgroupDir.Pin place = birthplace(cgroup).pin();
                Host host = Host.open(root)) {
            DelegatedCgroup.write(CgroupMount.of("pids").directory(root), "pids.max", "0");
            SpawnPlan plan = sleepingAfterShowing(root.runtimeDirectory().resolve("output"));
            assertThat(refusal(plan.inCgroup(place.descriptor()))).isEqualTo(Errno.EAGAIN);
            host.run("web", Host.command("cat", "/proc/self/cgroup"));
            assertThat(host.output("web")).isEqualTo("0::" + root.cgroup() + "/web\n");
            cgroup.delete(OneCgroup.PATIENCE);
        }
    }

    /** The second clone3(2) in a cgroup is the launch; the first, with a descriptor that is none, finds out whether it works. */
    @Test
    @Requires(Need.PTRACE)
    void run_traced_firstProcessIsBornInItsCgroupAndNotMoved() throws Exception {
        Path trace = root.runtimeDirectory().resolve("trace");
        List<String> strace = List.of("strace", "-fyqq", "-e", "trace=clone3,write", "-o", trace.toString());
        Result result;
        try (Cli corral = new Cli(root)) {
            result = Cli.result(corral.startBehind(strace, "run", "--id", "web", "--", "cat", "/proc/self/cgroup"));
        }
        List<String> calls = Files.readAllLines(trace);
        Files.delete(trace);
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("0::" + root.cgroup() + "/web\n");
        assertThat(calls).filteredOn(call -> call.contains("CLONE_INTO_CGROUP")).hasSize(2);
        assertThat(calls).noneMatch(call -> call.contains("write(") && call.contains("cgroup.procs"));
    }
}
