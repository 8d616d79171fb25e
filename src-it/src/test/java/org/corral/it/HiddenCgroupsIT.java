package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.corral.it.Cli.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Cgroup file systems that are covered by others, each in a mount namespace of its own: what is written must be what was meant
 * (CVE-2019-19921 and its successors), and what is stale must be told (runc#5258). A plain file over a control file is in
 * {@link ReadOnlyIT}.
 */
@ExtendWith(LeakCheck.class)
@Requires({Need.ROOT, Need.GATE, Need.PIDFD, Need.CPU, Need.MOUNT_NAMESPACE})
class HiddenCgroupsIT {

    private static final List<String> OWN_MOUNTS = List.of("unshare", "--mount", "--propagation", "private");

    @Test
    void rootHiddenWhileTheAgentWorks_launchFailsTypedAndWorksAgain(TestRoot root) throws Exception {
        List<String> line = new ArrayList<>(OWN_MOUNTS);
        line.addAll(ChildJvm.command(
                System.getProperty("java.class.path"),
                HidingAgent.class,
                root.name(),
                root.runtimeDirectory().toString()));
        Process agent = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Result result;
        try {
            result = Cli.result(agent);
        } finally {
            Processes.end(agent);
        }
        String told = result.out();
        assertThat(result.code()).as(told).isZero();
        assertThat(ProcFiles.after("launch-hidden ", told))
                .startsWith("failed org.corral.core.LaunchException")
                .contains("EXDEV", "on a file system of type 0x1021994 where cgroup");
        assertThat(ProcFiles.after("launch-shown ", told)).isEqualTo("late");
        assertThat(ProcFiles.after("update-shown ", told)).isEqualTo("true");
        assertThat(ProcFiles.after("shares ", told)).isEqualTo(ControlFile.CPU_SHARES.either("4096", "400"));
        assertThat(ProcFiles.after("containers ", told)).isEqualTo("2");
    }

    /** The same type of file system: a look at that alone would not tell. */
    @Test
    @Requires(Need.OPENAT2)
    void update_anotherCgroupsFileOverControlFile_refusedAndNotWritten(TestRoot root) throws Exception {
        try (Cli corral = new Cli(root)) {
            Process run = corral.start("run", "--id", "web", "--cpus", "1", "--", "sleep", "1000");
            corral.awaitRunning("web", "sleep");
            Process other = corral.start("run", "--id", "victim", "--cpus", "1", "--", "sleep", "1000");
            corral.awaitRunning("victim", "sleep");

            Result result = updateBehind(root, corral, "mount --bind $victim $web");

            assertThat(result.code()).as(result.err()).isEqualTo(125);
            assertThat(result.err()).contains(ControlFile.CPU_SHARES.file(), "EXDEV");
            assertThat(ControlFile.CPU_SHARES.read(root, "victim"))
                    .isEqualTo(ControlFile.CPU_SHARES.either("1024", "100"));
            assertThat(corral.run("destroy", "web", "victim").code()).isZero();
            Cli.result(run);
            Cli.result(other);
        }
    }

    @Test
    void update_emptyDirectoryOverTheCgroup_refusedAndNothingMadeThere(TestRoot root) throws Exception {
        Path decoy = Files.createDirectory(root.runtimeDirectory().resolve("decoy"));
        Files.writeString(decoy.resolve(ControlFile.CPU_SHARES.file()), "7\n");
        try (Cli corral = new Cli(root)) {
            Process run = corral.start("run", "--id", "web", "--cpus", "1", "--", "sleep", "1000");
            corral.awaitRunning("web", "sleep");

            Result result = updateBehind(root, corral, "mount --bind " + decoy + " ${web%/*}");

            assertThat(result.code()).as(result.err()).isEqualTo(125);
            assertThat(result.err()).contains("EXDEV");
            assertThat(decoy.resolve(ControlFile.CPU_SHARES.file())).hasContent("7");
            assertThat(corral.run("destroy", "web").code()).isZero();
            Cli.result(run);
        }
        new FileTrace(decoy).remove();
    }

    /** Runs an update of web in mounts of its own, which a script makes; it knows the control file of both containers. */
    private static Result updateBehind(TestRoot root, Cli corral, String mount) throws Exception {
        List<String> prefix = new ArrayList<>(OWN_MOUNTS);
        prefix.addAll(List.of("env", "web=" + shares(root, "web"), "victim=" + shares(root, "victim")));
        prefix.addAll(List.of("sh", "-c", mount + " && exec \"$0\" \"$@\""));
        return Cli.result(corral.startBehind(prefix, "update", "web", "--cpus", "0.5"));
    }

    private static Path shares(TestRoot root, String id) throws IOException {
        return ControlFile.CPU_SHARES.of(root, id);
    }
}
