package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Rlimit;
import org.corral.core.Stdio;
import org.corral.core.unit.CpuAmount;
import org.junit.jupiter.api.Test;

/** Launches that fail at each stage; the leak check sees to it that nothing of them is left. */
@Requires({Need.GATE, Need.PIDFD, Need.CPU})
class LaunchFailureIT extends HostTest {

    private static final ContainerId ID = ContainerId.of("failing");

    @Test
    void launch_missingCommand_notFound() throws Exception {
        LaunchException e = fails(Host.command("no-such-command"));
        assertThat(e.kind()).isEqualTo(LaunchException.Kind.COMMAND_NOT_FOUND);
        assertThat(e).hasMessageContaining("no-such-command").hasMessageContaining("/usr/bin");
    }

    @Test
    void launch_missingInterpreter_notFound() throws Exception {
        LaunchException e = fails(Host.command(script("#!/no/such/interpreter\n", "rwxr-xr-x")));
        assertThat(e.kind()).isEqualTo(LaunchException.Kind.COMMAND_NOT_FOUND);
    }

    @Test
    void launch_noExecutePermission_notExecutable() throws Exception {
        LaunchException e = fails(Host.command(script("#!/bin/sh\n", "rw-r--r--")));
        assertThat(e.kind()).isEqualTo(LaunchException.Kind.COMMAND_NOT_EXECUTABLE);
    }

    @Test
    void launch_noKnownFormat_notExecutable() throws Exception {
        LaunchException e = fails(Host.command(script("neither ELF nor #!\n", "rwxr-xr-x")));
        assertThat(e.kind()).isEqualTo(LaunchException.Kind.COMMAND_NOT_EXECUTABLE);
    }

    @Test
    void launch_directoryForCommand_notExecutable() throws Exception {
        LaunchException e = fails(Host.command("/usr"));
        assertThat(e.kind()).isEqualTo(LaunchException.Kind.COMMAND_NOT_EXECUTABLE);
    }

    private String script(String text, String permissions) throws IOException {
        Path script = host.scratch("script");
        Files.writeString(script, text);
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString(permissions));
        return script.toString();
    }

    @Test
    void launch_unknownUser_failsWithItsName() throws Exception {
        assertThat(fails(touching().user("no-such-user"))).hasMessageContaining("no-such-user");
    }

    @Test
    void launch_missingDirectory_failsWithItsName() throws Exception {
        assertThat(fails(touching().directory(Path.of("/no/such/directory"))))
                .hasMessageContaining("/no/such/directory");
    }

    @Test
    void launch_outputInMissingDirectory_failsWithItsName() throws Exception {
        Stdio nowhere = Stdio.file(Path.of("/no/such/file"));
        assertThat(fails(touching().stdio(Stdio.DISCARD, nowhere, nowhere))).hasMessageContaining("/no/such/file");
    }

    /** On v2 a quota above the parent's is taken, and has no effect. */
    @Test
    @Requires(Need.V1_CPU)
    void launch_limitOverParents_kernelsRefusalIsTold() throws Exception {
        Path parent = Files.createDirectory(CgroupMount.of("cpu").directory(root));
        Files.writeString(parent.resolve("cpu.cfs_quota_us"), "10000", StandardOpenOption.WRITE);
        Resources tooMuch = Resources.NONE.withCpuLimit(CpuAmount.ofCpus(1));
        assertThat(fails(touching().resources(tooMuch)))
                .hasMessageContaining("cpu.cfs_quota_us")
                .hasMessageContaining("EINVAL");
    }

    @Test
    void launch_rlimitBeyondKernels_failsWhileIsolating() throws Exception {
        String most = Files.readAllLines(Path.of("/proc/sys/fs/nr_open")).get(0);
        Rlimit.Limits tooMany = new Rlimit.Limits(1000, 1 + Long.parseLong(most));
        LaunchException e = fails(touching().rlimits(Map.of(Rlimit.NOFILE, tooMany)));
        assertThat(e).hasMessageContaining("EPERM");
    }

    @Test
    void launch_cgroupThereAlready_failsAndLeavesIt() throws Exception {
        Path foreign = CgroupMount.of("freezer").directory(root).resolve(ID.value());
        Files.createDirectories(foreign);
        try {
            assertThat(fails(touching()))
                    .hasMessageContaining(foreign.toString())
                    .hasMessageContaining("EEXIST");
            assertThat(foreign).isDirectory();
        } finally {
            Files.delete(foreign);
            Files.delete(foreign.getParent());
        }
    }

    @Test
    void launch_runtimeDirectoryOpenToOthers_fails() throws Exception {
        Path store = Host.stateOf(root).resolve(root.stateFolder());
        Files.createDirectories(store);
        Files.setPosixFilePermissions(store, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(fails(touching())).hasMessageContaining(store.toString());
    }

    @Test
    void launch_knownId_originalUntouched() throws Exception {
        ContainerId id = host.launch("twice", Host.command("sleep", "1000"));
        int pid = host.pid(id);
        assertThat(host.containers().launch(id, touching().build())).isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);
        assertThat(host.containers().status(id).state()).isEqualTo(ContainerState.RUNNING);
        assertThat(host.pid(id)).isEqualTo(pid);
        assertThat(ProcFiles.isAlive(pid)).isTrue();
        assertThat(host.scratch("ran")).doesNotExist();
    }

    @Test
    void launch_idOfAnotherAgent_originalUntouched() throws Exception {
        ContainerId id = host.launch("twice", Host.command("sleep", "1000"));
        try (Host another = Host.open(root)) {
            assertThat(another.containers().launch(id, touching().build())).isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);
            assertThat(another.containers().containers()).isEmpty();
        }
        assertThat(ProcFiles.isAlive(host.pid(id))).isTrue();
    }

    /** {@return a command that shows if it ever ran} */
    private LaunchRequest.Builder touching() {
        return Host.command("touch", host.scratch("ran").toString());
    }

    /** Launches what must fail without its command having run, and leave the id free. */
    private LaunchException fails(LaunchRequest.Builder request) throws Exception {
        LaunchException e = catchThrowableOfType(
                LaunchException.class, () -> host.containers().launch(ID, request.build()));
        assertThat(e).isNotNull().hasNoSuppressedExceptions();
        assertThat(host.containers().containers()).isEmpty();
        assertThat(Host.await(host.containers().destroy(ID))).isEqualTo(Optional.empty());
        assertThat(host.scratch("ran")).doesNotExist();
        return e;
    }
}
