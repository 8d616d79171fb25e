package org.corral.containerizer.cli.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.corral.containerizer.CorralOptions;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos;
import org.corral.core.LaunchRequest;
import org.corral.core.Stdio;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.Test;

class ExecutorRequestTest {

    private static final Map<String, String> OF_THE_AGENT = Map.of("MESOS_SLAVE_PID", "slave(1)@h:1", "A", "agent");

    private static ExecutorRequest requests(boolean cfs) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new ExecutorRequest(new ProgramContext(
                new FaultyLinux().linux(),
                CorralOptions.defaults(Path.of("/run/corral")),
                cfs,
                OF_THE_AGENT,
                Map.of(),
                List.of(),
                InputStream.nullInputStream(),
                nowhere,
                nowhere));
    }

    private static Mesos.CommandInfo.Builder command() {
        return Mesos.CommandInfo.newBuilder().setValue("run it");
    }

    private static Mesos.ExecutorInfo.Builder executor(Mesos.CommandInfo.Builder command) {
        return Mesos.ExecutorInfo.newBuilder()
                .setExecutorId(Mesos.ExecutorID.newBuilder().setValue("e"))
                .setCommand(command);
    }

    private static Calls.Launch.Builder launch() {
        return Calls.Launch.newBuilder()
                .setContainerId(Mesos.ContainerID.newBuilder().setValue("web"));
    }

    private static Mesos.Resource scalar(String name, double value) {
        return Mesos.Resource.newBuilder()
                .setName(name)
                .setType(Mesos.Value.Type.SCALAR)
                .setScalar(Mesos.Value.Scalar.newBuilder().setValue(value))
                .build();
    }

    private static Mesos.TaskInfo.Builder task() {
        return Mesos.TaskInfo.newBuilder()
                .setName("t")
                .setTaskId(Mesos.TaskID.newBuilder().setValue("t"))
                .setSlaveId(Mesos.SlaveID.newBuilder().setValue("s"));
    }

    @Test
    void of_executor_isItsCommandInTheSandbox() {
        Mesos.Environment.Variable own = Mesos.Environment.Variable.newBuilder()
                .setName("A")
                .setValue("own")
                .build();
        LaunchRequest request = requests(false)
                .of(launch().setDirectory("/sandbox")
                        .setExecutorInfo(executor(command()
                                        .setEnvironment(
                                                Mesos.Environment.newBuilder().addVariables(own)))
                                .addResources(scalar("cpus", 0.5))
                                .addResources(scalar("mem", 64))
                                .addResources(scalar("disk", 64)))
                        .build());

        assertThat(request.command()).containsExactly("/bin/sh", "-c", "run it");
        assertThat(request.environment())
                .containsEntry("A", "own")
                .containsEntry("MESOS_SLAVE_PID", "slave(1)@h:1")
                .containsKey("PATH");
        assertThat(request.directory()).contains(Path.of("/sandbox"));
        assertThat(request.stdin()).isEqualTo(Stdio.DISCARD);
        assertThat(request.stdout()).isEqualTo(Stdio.file(Path.of("/sandbox/stdout")));
        assertThat(request.stderr()).isEqualTo(Stdio.file(Path.of("/sandbox/stderr")));
        assertThat(request.user()).isEmpty();
        assertThat(request.resources().cpus()).contains(CpuAmount.parse("0.5"));
        assertThat(request.resources().cpuLimit()).isEmpty();
        assertThat(request.resources().memory()).contains(DataSize.ofMebibytes(64));
    }

    @Test
    void of_cfs_cpusAreALimitToo() {
        Calls.Launch launch = launch().setExecutorInfo(executor(command()).addResources(scalar("cpus", 2)))
                .build();

        assertThat(requests(true).of(launch).resources().cpuLimit()).contains(CpuAmount.ofCpus(2));
    }

    @Test
    void of_noSandbox_outputIsDiscarded() {
        LaunchRequest request =
                requests(false).of(launch().setExecutorInfo(executor(command())).build());

        assertThat(request.directory()).isEmpty();
        assertThat(request.stdout()).isEqualTo(Stdio.DISCARD);
    }

    @Test
    void of_user_theAgentsChoiceFirst() {
        Mesos.ExecutorInfo executor = executor(command().setUser("command")).build();

        assertThat(requests(false)
                        .of(launch().setExecutorInfo(executor).build())
                        .user())
                .isEqualTo(Optional.of("command"));
        assertThat(requests(false)
                        .of(launch().setExecutorInfo(executor).setUser("agent").build())
                        .user())
                .isEqualTo(Optional.of("agent"));
    }

    @Test
    void of_executorOfTheTask_isTaken() {
        Calls.Launch launch =
                launch().setTaskInfo(task().setExecutor(executor(command()))).build();

        assertThat(requests(false).of(launch).command()).contains("run it");
    }

    @Test
    void of_noExecutor_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> requests(false).of(launch().build()))
                .withMessageContaining("names no executor");
    }

    @Test
    void of_filesToFetch_refused() {
        Mesos.CommandInfo.Builder command =
                command().addUris(Mesos.CommandInfo.URI.newBuilder().setValue("http://h/file"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> requests(false)
                        .of(launch().setExecutorInfo(executor(command)).build()))
                .withMessageContaining("http://h/file");
    }

    @Test
    void of_images_refused() {
        Mesos.ContainerInfo docker = Mesos.ContainerInfo.newBuilder()
                .setType(Mesos.ContainerInfo.Type.DOCKER)
                .build();
        Mesos.CommandInfo.Builder old = command()
                .setContainer(Mesos.CommandInfo.ContainerInfo.newBuilder().setImage("docker:///busybox"));
        for (Calls.Launch.Builder launch : List.of(
                launch().setExecutorInfo(executor(command()).setContainer(docker)),
                launch().setExecutorInfo(executor(command())).setTaskInfo(task().setContainer(docker)),
                launch().setExecutorInfo(executor(old)))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> requests(false).of(launch.build()))
                    .withMessageContaining("image");
        }
    }

    @Test
    void of_containerOfMesos_isNoImage() {
        Mesos.ContainerInfo plain = Mesos.ContainerInfo.newBuilder()
                .setType(Mesos.ContainerInfo.Type.MESOS)
                .build();

        assertThat(requests(false)
                        .of(launch().setExecutorInfo(executor(command()).setContainer(plain))
                                .build())
                        .command())
                .isNotEmpty();
    }
}
