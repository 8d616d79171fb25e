package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import org.corral.linux.Feature;
import org.corral.linux.FeatureStatus;
import org.corral.linux.KernelFeatures;
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
@Requires({Need.PIDFD, Need.V2_PIDS})
class SpawnIntoCgroupIT {

    private final Linux linux = Linux.ofThisHost();
    private TestRoot root;
    private CgroupTree tree;

    @BeforeEach
    void probe(TestRoot own) throws IOException {
        FeatureStatus status = KernelFeatures.probe(linux, Feature.POSIX_SPAWN_SETCGROUP);
        assumeTrue(status.isAvailable(), status::toString);
        root = own;
        tree = new CgroupTree(
                linux, LayoutDiscovery.discover(linux).only(Set.of(Controller.PIDS)), CgroupPath.of(own.cgroup()));
    }

    @AfterEach
    void removeRoot() throws IOException {
        if (tree != null) {
            tree.removeIfEmpty();
        }
    }

    @Test
    void spawn_planWithACgroup_bornThereAndAttachWritesNothing() throws Exception {
        Path output = root.runtimeDirectory().resolve("output");
        try (Cgroup cgroup = tree.create("a", "test")) {
            CgroupDir place = cgroup.birthplace().orElseThrow();
            int pid = linux.processes().spawn(sleepingAfterShowing(output).inCgroup(place.descriptor()));
            try (PidFd process = PidFd.open(linux, pid).orElseThrow()) {
                Eventually.holds("it tells", () -> Files.exists(output) && Files.size(output) > 0);
                assertThat(output).hasContent("0::" + place.path());
                assertThat(cgroup.pids()).containsExactly(pid);
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

    private static SpawnPlan sleepingAfterShowing(Path output) {
        int flags = Constants.O_WRONLY | Constants.O_CREAT | Constants.O_APPEND;
        return new SpawnPlan(
                "/bin/sh",
                List.of("sh", "-c", "cat /proc/self/cgroup; exec sleep 1000"),
                List.of("PATH=/usr/bin:/bin"),
                List.of(new Action.Open(1, output.toString(), flags, 0600), new Action.CloseFrom(3)),
                true);
    }

    @Test
    void spawn_cgroupThatGivesControllers_refusedWithoutAChild() throws Exception {
        try (Cgroup cgroup = tree.create("a", "test")) {
            Path inner = CgroupMount.of("pids").directory(root).resolve("a");
            DelegatedCgroup.write(inner, "cgroup.subtree_control", "+pids");
            SpawnPlan plan = sleepingAfterShowing(root.runtimeDirectory().resolve("output"));
            int place = cgroup.birthplace().orElseThrow().descriptor();

            assertThat(refusal(plan.inCgroup(place))).isEqualTo(Errno.EBUSY);

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

    @Test
    void launch_always_firstProcessIsInItsCgroupFromItsBirth() throws Exception {
        try (Host host = Host.open(root)) {
            host.run("web", Host.command("cat", "/proc/self/cgroup"));
            assertThat(host.output("web")).contains("0::" + root.cgroup() + "/web\n");
        }
    }
}
