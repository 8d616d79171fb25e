package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.corral.containerizer.Corral;
import org.corral.containerizer.OfferedIsolator;
import org.corral.containerizer.isolator.Isolation;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which files Corral writes, and who may write to those it makes. */
@ExtendWith(LeakCheck.class)
@Requires({Need.ROOT, Need.GATE, Need.PIDFD, Need.CPU, Need.MEMORY, Need.PIDS})
class FileModesIT {

    /** A daemon that keeps no mask (CVE-2018-14348): what must not be open must not be made open. */
    private static final List<String> NO_MASK = List.of("sh", "-c", "umask 0; exec \"$0\" \"$@\"");

    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final int OF_OTHERS = 0077;

    /** These need what not every host has, or what a test must bring: they are tested on their own. */
    private static final List<String> WITH_NEEDS = List.of("cgroups/net_cls", "cgroups/delegate");

    private static int mode(Path file) throws IOException {
        return (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    }

    private static void assertPrivate(Path top) throws IOException {
        List<Path> all = new ArrayList<>(Tree.directories(top, Integer.MAX_VALUE));
        all.addAll(Tree.files(top));
        for (Path each : all) {
            assertThat(mode(each) & OF_OTHERS)
                    .as("%s has mode %o", each, mode(each))
                    .isZero();
        }
    }

    private static void assertNotWritable(Path file) throws IOException {
        assertThat(mode(file) & WRITABLE_BY_OTHERS)
                .as("%s has mode %o", file, mode(file))
                .isZero();
    }

    @Test
    void launch_noMask_gateAndCheckpointAreForTheirOwnerAlone(TestRoot root) throws Exception {
        List<String> line = new ArrayList<>(NO_MASK);
        line.addAll(ChildJvm.command(
                System.getProperty("java.class.path"),
                DoomedAgent.class,
                root.name(),
                root.runtimeDirectory().toString(),
                "isolate",
                "exit 0"));
        Process agent = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            Path own = Host.stateOf(root).resolve(root.stateFolder()).resolve(DoomedAgent.ID.value());
            assertThat(agent.inputReader().lines().anyMatch(said -> said.startsWith("gated")))
                    .as("a command waits at its gate, and nothing more is written")
                    .isTrue();
            assertThat(own.resolve("gate")).exists();
            assertThat(own.resolve("state.json")).exists();
            assertPrivate(Host.stateOf(root));
        } finally {
            Processes.end(agent);
        }
        try (Host host = Host.open(root)) {
            host.containers().recover();
        }
    }

    @Test
    void run_noMask_noFileOrDirectoryThatOthersMayWrite(TestRoot root) throws Exception {
        Path work = Files.createDirectory(root.runtimeDirectory().resolve("work"));
        List<String> made = List.of("out", "err", "report");
        try (Cli corral = new Cli(root)) {
            Process events = corral.startBehind(NO_MASK, "events");
            Path listeners = Host.stateOf(root).resolve(root.stateFolder()).resolve(".listeners");
            Eventually.holds("somebody listens", () -> Files.isDirectory(listeners) && hasFifo(listeners));
            Process run = corral.startBehind(
                    NO_MASK,
                    "run",
                    "--id",
                    "web",
                    "--stdout",
                    work.resolve("out").toString(),
                    "--stderr",
                    work.resolve("err").toString(),
                    "--report",
                    work.resolve("report").toString(),
                    "--",
                    "sleep",
                    "1000");
            corral.awaitRunning("web", "sleep");
            Path gate = listeners.resolveSibling("web").resolve("gate");
            Eventually.holds("the gate, the last thing of the launch, is gone", () -> Files.notExists(gate));
            assertPrivate(Host.stateOf(root));
            assertCgroupsNotWritable(root);
            assertThat(corral.run("update", "web", "--cpus", "0.5").code()).isZero();
            assertPrivate(Host.stateOf(root));
            assertThat(corral.run("destroy", "web").code()).isZero();
            Cli.result(run);
            Processes.end(events);
        }
        for (String file : made) {
            assertNotWritable(work.resolve(file));
        }
        new FileTrace(work).remove();
        new FileTrace(Host.stateOf(root)).remove();
    }

    private static boolean hasFifo(Path listeners) throws IOException {
        return Tree.files(listeners).stream().anyMatch(file -> file.toString().endsWith(".fifo"));
    }

    private static void assertCgroupsNotWritable(TestRoot root) throws IOException {
        int seen = 0;
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            Path top = mount.directory(root);
            for (Path each : Files.isDirectory(top) ? Tree.directories(top, 2) : List.<Path>of()) {
                assertNotWritable(each);
                seen++;
            }
        }
        assertThat(seen).isGreaterThanOrEqualTo(2);
    }

    /** CVE-2022-0492: what the kernel runs as root when a cgroup empties. Corral has no use for it. */
    @Test
    void fullRun_everyIsolatorThatWorksHere_neverOpensAReleaseAgent(TestRoot root) throws Exception {
        RecordingLinux kernel = new RecordingLinux();
        try (Host host = Host.open(root, kernel.linux(), options -> options)) {
            run(host, "auto");
            List<String> offered = host.corral().isolators().stream()
                    .filter(isolator -> isolator.name().startsWith("cgroups/")
                            && isolator.obstacle().isEmpty()
                            && !WITH_NEEDS.contains(isolator.name()))
                    .map(OfferedIsolator::name)
                    .toList();
            try (Corral all = Corral.open(kernel.linux(), Host.options(root).withIsolation(new Isolation(offered)))) {
                ContainerId id = ContainerId.of("all");
                all.containerizer()
                        .launch(
                                id,
                                Host.command("sleep", "1000")
                                        .resources(some(64))
                                        .build());
                Host.await(all.containerizer().destroy(id));
            }
        }

        assertThat(kernel.written())
                .contains("cgroup.procs", ControlFile.CPU_SHARES.file(), ControlFile.MEMORY_LIMIT.file(), "pids.max")
                .doesNotContain("release_agent", "notify_on_release");
    }

    private static void run(Host host, String name) throws IOException {
        ContainerId id = host.launch(name, Host.command("sleep", "1000").resources(some(64)));
        host.containers().update(id, some(128));
        host.containers().usage(id);
        host.containers().kill(id, 15);
        host.end(id);
        host.end(host.launch("hog", Host.command("tail", "/dev/zero").resources(some(64))));
    }

    private static Resources some(int mebibytes) {
        return Resources.NONE
                .withCpus(CpuAmount.parse("0.5"))
                .withCpuLimit(CpuAmount.parse("2"))
                .withMemory(DataSize.ofMebibytes(mebibytes))
                .withPids(50);
    }
}
