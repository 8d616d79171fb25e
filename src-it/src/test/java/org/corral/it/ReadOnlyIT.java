package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.corral.it.Cli.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Hosts whose cgroup file systems are read-only or not what they seem, each in a mount namespace of its own. */
@ExtendWith(LeakCheck.class)
@Requires({Need.ROOT, Need.GATE, Need.PIDFD, Need.CPU, Need.MOUNT_NAMESPACE})
class ReadOnlyIT {

    private TestRoot root;
    private Cli corral;

    @BeforeEach
    void open(TestRoot own) {
        root = own;
        corral = new Cli(own);
    }

    @AfterEach
    void close() throws Exception {
        corral.close();
    }

    @Test
    void run_cgroupsAskedForByName_refusedWithTheMountPoint() throws Exception {
        Result result = readOnly("run", "--isolation", "cgroups/cpu", "--", "true");
        assertThat(result.code()).isEqualTo(125);
        assertThat(result.err()).contains("/sys/fs/cgroup");
    }

    @Test
    void run_auto_measuresAndSaysSo() throws Exception {
        Result result = readOnly("run", "--", "echo", "done");
        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).isEqualTo("done\n");
        assertThat(result.err()).contains("posix/cpu,posix/mem");
    }

    @Test
    void info_always_tellsThatTheyAreReadOnly() throws Exception {
        assertThat(readOnly("info").out()).containsPattern(CgroupMount.of("cpu").point() + ".* ro ");
    }

    private Result readOnly(String command, String... arguments) throws Exception {
        StringBuilder mounts = new StringBuilder();
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            mounts.append("mount -o remount,bind,ro ").append(mount.point()).append(" && ");
        }
        return Cli.result(corral.startBehind(inNamespace(mounts.toString()), command, arguments));
    }

    @Test
    void update_otherFileOverControlFile_refusedAndNotWritten() throws Exception {
        Process run = corral.start("run", "--id", "web", "--", "sleep", "1000");
        corral.awaitRunning("web", "sleep");
        Path shares = ControlFile.CPU_SHARES.of(root, "web");
        Path decoy = Files.writeString(root.runtimeDirectory().resolve("decoy"), "1024\n");
        List<String> prefix = inNamespace("mount --bind " + decoy + " " + shares + " && ");
        Result result = Cli.result(corral.startBehind(prefix, "update", "web", "--cpus", "0.5"));
        assertThat(result.code()).isEqualTo(125);
        assertThat(result.err()).contains(ControlFile.CPU_SHARES.file()).contains("EXDEV");
        assertThat(decoy).hasContent("1024\n");
        Files.delete(decoy);
        assertThat(corral.run("destroy", "web").code()).isZero();
        Cli.result(run);
    }

    private static List<String> inNamespace(String mounts) {
        return List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", mounts + "exec \"$0\" \"$@\"");
    }
}
