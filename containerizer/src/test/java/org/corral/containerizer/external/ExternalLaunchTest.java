package org.corral.containerizer.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos;
import org.corral.containerizer.external.protocol.CommandLines;
import org.corral.containerizer.external.protocol.ResourceMessages;
import org.corral.core.ContainerState;
import org.corral.core.LaunchException;
import org.corral.core.LaunchOutcome;
import org.corral.core.LaunchRequest;
import org.corral.core.Rlimit;
import org.corral.core.unit.CpuAmount;
import org.corral.linux.Linux;
import org.corral.linux.process.ProcessTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExternalLaunchTest extends ExternalFixture {

    @Test
    void launch_programIsToldTheWholeRequest() throws Exception {
        launch();

        Calls.Launch told = program.input("launch", Calls.Launch.parser());
        assertThat(told.getContainerId().getValue()).isEqualTo("web");
        assertThat(told.getDirectory()).isEqualTo(sandbox.toString());
        assertThat(told.getCheckpoint()).isTrue();
        assertThat(told.hasUser()).isFalse();
        Mesos.ExecutorInfo executor = told.getExecutorInfo();
        assertThat(CommandLines.words(executor.getCommand())).containsExactly("/bin/sh", "-c", "exec 'sleep' '10'");
        assertThat(executor.getCommand().getEnvironment().getVariables(0).getValue())
                .isEqualTo("one two");
        assertThat(ResourceMessages.parse(executor.getResourcesList())).isEqualTo(HALF);
        assertThat(executor.getFrameworkId().getValue()).isNotEmpty();
        assertThat(containers.containers()).containsExactly(ID);
        assertThat(containers.status(ID).state()).isEqualTo(ContainerState.RUNNING);
        assertThat(memos()).containsExactly(ID);
    }

    @Test
    void launch_environment_isThatOfMesos() throws Exception {
        containers = containerizer(options.withWorkDirectory(Path.of("/work/dir"))
                .withNames(new AgentNames("F", "S", "slave(1)@1.2.3.4:5051"))
                .withEnvironment(Map.of("HADOOP_HOME", "/hadoop")));
        launch();
        containers.update(ID, HALF);

        assertThat(program.environment("launch"))
                .containsEntry("MESOS_LIBEXEC_DIRECTORY", "/usr/libexec/mesos")
                .containsEntry("MESOS_WORK_DIRECTORY", "/work/dir")
                .containsEntry("LIBPROCESS_PORT", "0")
                .containsEntry("MESOS_FRAMEWORK_ID", "F")
                .containsEntry("MESOS_EXECUTOR_ID", "web")
                .containsEntry("MESOS_DIRECTORY", sandbox.toString())
                .containsEntry("MESOS_SLAVE_ID", "S")
                .containsEntry("MESOS_SLAVE_PID", "slave(1)@1.2.3.4:5051")
                .containsEntry("MESOS_CHECKPOINT", "1")
                .containsEntry("MESOS_RECOVERY_TIMEOUT", "15mins")
                .containsEntry("HADOOP_HOME", "/hadoop");
        assertThat(program.environment("update"))
                .containsKeys("MESOS_LIBEXEC_DIRECTORY", "MESOS_WORK_DIRECTORY", "PATH")
                .doesNotContainKeys("MESOS_EXECUTOR_ID", "A");
    }

    /** The shell sets PWD itself; the session is asked of the kernel. */
    @Test
    void launch_process_leadsASessionInTheSandboxAndItsErrorsGoThere() throws Exception {
        Files.writeString(sandbox.resolve("stderr"), "before\n");
        program.does("launch", "echo trouble >&2; cut -d' ' -f6 /proc/$$/stat > session; echo $OLDPWD > cwd");

        launch();

        assertThat(sandbox.resolve("stderr")).hasContent("before\ntrouble");
        assertThat(program.file("cwd")).hasContent(sandbox.toString());
        int session = Integer.parseInt(Files.readString(program.file("session")).strip());
        assertThat(session).isNotEqualTo(ownSession());
    }

    private int ownSession() throws IOException {
        return ProcessTable.find(Linux.ofThisHost(), kernel.linux().processes().pid())
                .orElseThrow()
                .session();
    }

    @Test
    void launch_twice_originalUntouched() throws Exception {
        launch();

        assertThat(containers.launch(ID, request().build())).isEqualTo(LaunchOutcome.ALREADY_LAUNCHED);

        assertThat(program.calls().stream().filter("launch"::equals)).hasSize(1);
        assertThat(containers.containers()).containsExactly(ID);
    }

    @Test
    void launch_whatTheProtocolCannotSay_notSupported() throws Exception {
        List<LaunchRequest.Builder> requests = List.of(
                request().resources(HALF.withPids(10)),
                request().resources(HALF.withCpuLimit(CpuAmount.ofCpus(1))),
                request().rlimits(Map.of(Rlimit.NOFILE, new Rlimit.Limits(10, 10))),
                request().oomScoreAdj(1),
                request().session(LaunchRequest.Session.INHERIT),
                request().user("build:www-data"));
        for (LaunchRequest.Builder one : requests) {
            assertThat(containers.launch(ID, one.build())).isEqualTo(LaunchOutcome.NOT_SUPPORTED);
        }
        assertThat(containers.launch(ID.child("nested"), request().build())).isEqualTo(LaunchOutcome.NOT_SUPPORTED);
        assertThat(program.calls()).isEmpty();
        assertThat(containers.containers()).isEmpty();
    }

    @Test
    void launch_programRefuses_nothingIsKnownAndNothingDestroyed() throws Exception {
        program.does("launch", "exit 3");

        assertThatThrownBy(this::launch)
                .isInstanceOf(LaunchException.class)
                .hasMessageContaining("program launch' failed with exit code 3");

        assertThat(containers.containers()).isEmpty();
        assertThat(memos()).isEmpty();
        assertThat(program.calls()).containsExactly("launch");
        assertThat(containers.wait(ID).toCompletableFuture().join()).isEmpty();
    }

    @Test
    void launch_programMissing_toldByTheShell() throws Exception {
        containers = containerizer(ExternalOptions.defaults("/no/such/program", temporary.resolve("state")));

        assertThatThrownBy(this::launch).hasMessageContaining("exit code 127");

        assertThat(sandbox.resolve("stderr")).content().contains("/no/such/program");
    }

    @Test
    void launch_programCrashes_containerIsDestroyed() throws Exception {
        program.does("launch", "kill -9 $$");

        assertThatThrownBy(this::launch).hasMessageContaining("137");

        assertThat(program.calls()).containsExactly("launch", "destroy");
        assertThat(containers.containers()).isEmpty();
    }

    @Test
    void launch_programCrashesAndKnowsNoSuchContainer_nothingIsKnown() throws Exception {
        program.does("launch", "kill -9 $$");
        program.does("destroy", "exit 1");

        assertThatThrownBy(this::launch).hasMessageContaining("137");

        assertThat(containers.containers()).isEmpty();
    }

    @Test
    void launch_programHangs_isKilledWithAllItsProcessesAndContainerDestroyed() throws Exception {
        containers = containerizer(options.withPatience(ENOUGH, LONG));
        program.does("launch", SLEEPER);

        assertThatThrownBy(this::launch).hasMessageContaining("did not end within 4000 ms");

        assertThat(containers.containers()).isEmpty();
        assertThat(isSleeperRunning()).isFalse();
    }

    @Test
    void launch_programHangsForGood_staysKnownUntilDestroyed() throws Exception {
        containers = containerizer(options.withPatience(ENOUGH, SHORT));
        program.does("launch", "sleep 1000");
        program.does("destroy", "sleep 1000");
        assertThatThrownBy(this::launch).hasMessageContaining("did not end within");
        assertThat(containers.containers()).containsExactly(ID);
        assertThat(containers.wait(ID).toCompletableFuture()).isCompletedExceptionally();

        program.does("destroy", "exit 0");
        containers.destroy(ID).toCompletableFuture().get(60, TimeUnit.SECONDS);

        assertThat(containers.containers()).isEmpty();
        assertThat(memos()).isEmpty();
    }

    @Test
    void launch_noSandbox_refusedBeforeTheProgramIsCalled() throws Exception {
        assertThatThrownBy(() -> containers.launch(
                        ID, request().directory(sandbox.resolve("none")).build()))
                .hasMessageContaining("does not exist");

        assertThat(program.calls()).isEmpty();
        assertThat(containers.containers()).isEmpty();
    }

    @Test
    void launch_withoutDirectory_errorsAreDiscarded() throws Exception {
        program.does("launch", "readlink /proc/$$/fd/2 > err");

        containers.launch(ID, LaunchRequest.builder(List.of("true")).build());

        assertThat(program.file("err")).hasContent("/dev/null");
        assertThat(program.input("launch", Calls.Launch.parser()).hasDirectory())
                .isFalse();
    }

    @Test
    void launch_userUnknown_refused() {
        assertThatThrownBy(() ->
                        containers.launch(ID, request().user("no-such-user").build()))
                .isInstanceOf(LaunchException.class);

        assertThat(containers.containers()).isEmpty();
    }

    @Test
    void launch_pollerClosed_saysSo() {
        poller.close();

        assertThatThrownBy(this::launch).hasMessageContaining("poller is closed");

        assertThat(containers.containers()).containsExactly(ID); // nobody could be asked to destroy it
    }
}
