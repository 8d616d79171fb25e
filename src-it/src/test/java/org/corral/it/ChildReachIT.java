package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.containerizer.ContainerSampler;
import org.corral.containerizer.ForeignEvents;
import org.corral.core.ContainerId;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Stdio;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.it.Cli.Result;
import org.junit.jupiter.api.Test;

/** What a command has of its agent: nothing but its standard streams, and no privilege that it was not to have. */
@Requires({Need.ROOT, Need.GATE, Need.PIDFD, Need.SETPRIV, Need.CPU, Need.MEMORY, Need.PIDS})
class ChildReachIT extends HostTest {

    private static final String DESCRIPTORS = "ls /proc/$$/fd; true";
    private static final String NONE = "0000000000000000";

    private static Resources limited(int mebibytes) {
        return Resources.NONE
                .withCpus(CpuAmount.parse("0.5"))
                .withMemory(DataSize.ofMebibytes(mebibytes))
                .withPids(20);
    }

    /**
     * CVE-2024-21626: a descriptor of the cgroup file system that was left open gave a container the whole host. Here directories,
     * limits, samples, events, processes and a listener's FIFO are open while the command is launched.
     */
    @Test
    void launch_allThatAnAgentKeepsIsOpen_standardDescriptorsAlone() throws Exception {
        try (ForeignEvents listening = host.corral().listen();
                ContainerSampler sampler = host.corral().sampler(EnumSet.allOf(UsageColumn.class))) {
            for (int i = 0; i < 3; i++) {
                ContainerId id =
                        host.launch("busy-" + i, Host.command("sleep", "1000").resources(limited(64)));
                host.containers().update(id, limited(128));
                sampler.add(id);
            }
            sampler.usage().sampleAll();
            assertThat(kinds()).contains("cgroup", "fifo", "anon_inode:[pidfd]", "anon_inode:[eventpoll]");

            host.run("plain", Host.shell(DESCRIPTORS).resources(limited(64)));
            host.run("users", Host.shell(DESCRIPTORS).user(String.valueOf(Nobody.ID)));
            assertThat(host.output("plain")).isEqualTo("0\n1\n2\n");
            assertThat(host.output("users")).isEqualTo("0\n1\n2\n");
            assertThat(listening.next()).isPresent();
        }
    }

    /** What this process, the agent, has open of the kinds that matter. */
    private static List<String> kinds() throws IOException {
        List<String> kinds = new ArrayList<>();
        for (Path target : OwnDescriptors.targets().values()) {
            String name = target.toString();
            boolean isCgroup = name.contains("/corral-it-") && Files.exists(target.resolve("cgroup.procs"));
            kinds.add(isCgroup ? "cgroup" : name.endsWith(".fifo") ? "fifo" : name);
        }
        return kinds;
    }

    /** The agent opens the file there, because its user may change the way to it: that descriptor is no other's either. */
    @Test
    void launch_outputWhereTheUserMayPutLinks_standardDescriptorsAlone() throws Exception {
        Path own = host.scratch("own");
        Nobody.makeOwn(own);
        Stdio out = Stdio.file(own.resolve("out"));

        host.end(host.launch(
                "users", Host.shell(DESCRIPTORS).user(String.valueOf(Nobody.ID)).stdio(Stdio.DISCARD, out, out)));

        assertThat(own.resolve("out")).hasContent("0\n1\n2");
        new FileTrace(own).remove();
    }

    /** An agent that has inheritable and ambient capabilities, as in a container of an old engine: CVE-2022-29162. */
    @Test
    void run_agentWithInheritableCapabilities_commandHasNone() throws Exception {
        try (Cli corral = new Cli(root)) {
            List<String> agent = List.of("setpriv", "--inh-caps=+chown,+kill", "--ambient-caps=+chown", "--");
            Result own = Cli.result(corral.startBehind(agent, "run", "--", "cat", "/proc/self/status"));
            assertThat(own.code()).as(own.err()).isZero();
            assertThat(ProcFiles.after("CapInh:", own.out())).isEqualTo(NONE);
            assertThat(ProcFiles.after("CapAmb:", own.out())).isEqualTo(NONE);
            assertThat(ProcFiles.after("CapEff:", own.out())).as("root's own").isEqualTo(own("CapEff:"));

            String nobody = String.valueOf(Nobody.ID);
            Result users =
                    Cli.result(corral.startBehind(agent, "run", "--user", nobody, "--", "cat", "/proc/self/status"));
            assertThat(users.code()).as(users.err()).isZero();
            assertPowerless(users.out());
        }
    }

    @Test
    void launch_user_hasNoCapabilitiesButTheAgentsBound() throws Exception {
        host.run("users", Host.command("cat", "/proc/self/status").user(String.valueOf(Nobody.ID)));

        String status = host.output("users");
        assertPowerless(status);
        assertThat(ProcFiles.after("CapBnd:", status)).isEqualTo(own("CapBnd:"));
    }

    private static void assertPowerless(String status) {
        for (String set : List.of("CapInh:", "CapPrm:", "CapEff:", "CapAmb:")) {
            assertThat(ProcFiles.after(set, status)).as(set).isEqualTo(NONE);
        }
    }

    private static String own(String key) throws IOException {
        return ProcFiles.after(key, ProcFiles.read((int) ProcessHandle.current().pid(), "status"));
    }

    /**
     * CVE-2019-5736 and CVE-2023-25809: neither the programs it came from nor the cgroups above it are for it to write. The command
     * tells each file that it can write of those it names.
     */
    @Test
    void launch_user_canWriteNeitherTheAgentNorItsCgroups() throws Exception {
        long agent = ProcessHandle.current().pid();
        String script = "for file in /proc/" + agent + "/exe /proc/" + agent + "/mem /usr/bin/setpriv " + cgroupFiles()
                + "; do test -e $file && echo seen; test -w $file && echo can write $file; done; "
                + "cat /proc/" + agent + "/environ && echo can read; kill -0 " + agent + " && echo can signal; true";

        host.run("users", Host.shell(script).user(String.valueOf(Nobody.ID)));

        assertThat(host.output("users")).contains("seen").doesNotContain("can ");
    }

    private String cgroupFiles() throws IOException {
        StringBuilder files = new StringBuilder();
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            Path own = mount.directory(root).resolve("users");
            for (Path directory : List.of(own, own.resolve(".."), mount.point())) {
                files.append(directory).append(' ').append(directory).append("/cgroup.procs ");
                files.append(directory).append("/release_agent ");
            }
        }
        return files.toString();
    }

    /** What it could be led to by a link that it made before: root opens these files. */
    @Test
    void launch_usersLinkToAFileOfRoots_isRefusedAndNotWritten() throws Exception {
        Path own = host.scratch("own");
        Nobody.makeOwn(own);
        Path secret = Files.writeString(host.scratch("secret"), "root's\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path directory = Files.createDirectory(host.scratch("directory"));
        Files.createSymbolicLink(own.resolve("out"), secret);
        Files.createSymbolicLink(own.resolve("logs"), directory);

        assertRefused(
                "written", Host.shell("echo mine").stdio(Stdio.DISCARD, Stdio.file(own.resolve("out")), Stdio.DISCARD));
        assertRefused("read", Host.shell("cat").stdio(Stdio.file(own.resolve("out")), Stdio.DISCARD, Stdio.DISCARD));
        assertRefused(
                "made",
                Host.shell("echo mine").stdio(Stdio.DISCARD, Stdio.file(own.resolve("logs/new")), Stdio.DISCARD));

        assertThat(secret).hasContent("root's");
        assertThat(directory).isEmptyDirectory();
        new FileTrace(own).remove();
        Files.delete(directory);
    }

    private void assertRefused(String name, LaunchRequest.Builder request) {
        assertThatThrownBy(() -> host.launch(name, request.user(String.valueOf(Nobody.ID))))
                .isInstanceOf(LaunchException.class)
                .hasMessageContainingAll("others than root may change", "give the file to that user");
        assertThat(host.containers().containers()).isEmpty();
    }
}
