package org.corral.containerizer.cli.external;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.MessageLite;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.corral.containerizer.CorralOptions;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos;
import org.corral.containerizer.external.protocol.Frame;
import org.corral.containerizer.external.protocol.TerminationMessages;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.linux.Linux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calls that need no container; those that do are in {@code src-it}. */
class ExternalProgramTest {

    private static final ContainerId ID = ContainerId.of("web");
    private static final Mesos.ContainerID NAME =
            Mesos.ContainerID.newBuilder().setValue("web").build();

    @TempDir
    private Path temporary = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private ProgramContext context(byte[] input, OutputStream output) {
        return new ProgramContext(
                Linux.ofThisHost(),
                CorralOptions.defaults(temporary.resolve("state"))
                        .withIsolation(Isolation.parse("posix/cpu,posix/mem")),
                false,
                Map.of("MESOS_WORK_DIRECTORY", "/work"),
                Map.of(),
                List.of("external"),
                new ByteArrayInputStream(input),
                new PrintStream(output, false, UTF_8),
                new PrintStream(err, true, UTF_8));
    }

    private RecordStore records() {
        return context(new byte[0], out).records();
    }

    private void call(String command, MessageLite input) throws IOException {
        new ExternalProgram(context(Frame.of(input), out)).run(command);
    }

    private void call(String command) throws IOException {
        new ExternalProgram(context(new byte[0], out)).run(command);
    }

    private void ended(int code) throws IOException {
        records().create(ID);
        records().recordTermination(ID, TerminationMessages.of(Optional.of(new ExitStatus.Exited(code)), List.of()));
    }

    private Calls.Termination told() throws IOException {
        return Frame.parse(out.toByteArray(), Calls.Termination.parser());
    }

    @Test
    void unknownCommand_refusedWithAllThatThereAre() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call("dance"))
                .withMessageContaining("'dance' is unknown: give launch, wait,");
    }

    @Test
    void noInput_saidByEachThatNeedsIt() {
        for (String command : List.of("launch", "wait", "update", "usage", "destroy", "supervise")) {
            assertThatThrownBy(() -> call(command)).as(command).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void idThatIsNone_refused() {
        Calls.Wait wait = Calls.Wait.newBuilder()
                .setContainerId(Mesos.ContainerID.newBuilder().setValue("../etc"))
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> call("wait", wait))
                .withMessageContaining("'../etc'");
    }

    @Test
    void wait_ended_isToldOnce() throws Exception {
        ended(3);

        call("wait", Calls.Wait.newBuilder().setContainerId(NAME).build());

        assertThat(told().getStatus()).isEqualTo(3 << 8);
        assertThatThrownBy(() -> call(
                        "wait", Calls.Wait.newBuilder().setContainerId(NAME).build()))
                .hasMessage("container web is unknown");
    }

    /** The agent was gone: the end is kept for the next one to ask. */
    @Test
    void wait_nobodyListens_endIsKept() throws Exception {
        ended(3);
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        byte[] wait = Frame.of(Calls.Wait.newBuilder().setContainerId(NAME).build());

        assertThatThrownBy(() -> new ExternalProgram(context(wait, closed)).run("wait"))
                .hasMessageContaining("does not listen");

        assertThat(records().termination(ID)).isPresent();
    }

    /** The number of the supervisor is another process's now: there is nobody to wait for. */
    @Test
    void wait_supervisorGoneWithoutAWord_endIsUnknown() throws Exception {
        records().create(ID);
        records()
                .recordSupervisor(
                        ID, new ProcessIdentity(Linux.ofThisHost().processes().pid(), 1));

        call("wait", Calls.Wait.newBuilder().setContainerId(NAME).build());

        assertThat(told().hasStatus()).isFalse();
        assertThat(told().getKilled()).isFalse();
        assertThat(err.toString(UTF_8)).contains("supervisor of container web is gone");
        assertThat(records().contains(ID)).isFalse();
    }

    @Test
    void updateAndUsage_noSuchContainer_saidByName() {
        assertThatThrownBy(() -> call(
                        "update", Calls.Update.newBuilder().setContainerId(NAME).build()))
                .hasMessage("container web does not run");
        assertThatThrownBy(() -> call(
                        "usage", Calls.Usage.newBuilder().setContainerId(NAME).build()))
                .hasMessage("container web does not run");
    }

    @Test
    void destroy_noSuchContainer_isDone() throws Exception {
        call("destroy", Calls.Destroy.newBuilder().setContainerId(NAME).build());

        assertThat(err.toString(UTF_8)).contains("container web does not run");
        assertThat(out.size()).isZero();
    }

    @Test
    void containers_noneAndSome_areTold() throws Exception {
        call("containers");
        assertThat(out.toByteArray()).isEqualTo(new byte[4]);
        out.reset();
        ended(0);

        call("containers");

        assertThat(Frame.parse(out.toByteArray(), Calls.Containers.parser()).getContainersList())
                .containsExactly(NAME);
    }

    @Test
    void containers_endedAndDestroyed_isNotTold() throws Exception {
        ended(0);
        records().markDestroyed(ID);

        call("containers");

        assertThat(out.toByteArray()).isEqualTo(new byte[4]);
    }

    @Test
    void recover_whatWasDestroyedLongAgo_isForgotten() throws Exception {
        ended(0);
        records().markDestroyed(ID);
        call("recover");
        assertThat(records().contains(ID)).isTrue();
        Files.setLastModifiedTime(records().directoryOf(ID).resolve("termination"), FileTime.fromMillis(0));

        call("recover");

        assertThat(records().contains(ID)).isFalse();
    }

    @Test
    void launch_nameThatIsTaken_refused() throws Exception {
        ended(0);
        Calls.Launch launch = Calls.Launch.newBuilder()
                .setContainerId(NAME)
                .setExecutorInfo(Mesos.ExecutorInfo.newBuilder()
                        .setExecutorId(Mesos.ExecutorID.newBuilder().setValue("e"))
                        .setCommand(Mesos.CommandInfo.newBuilder().setValue("true")))
                .build();

        assertThatThrownBy(() -> call("launch", launch)).hasMessage("container web exists already");

        assertThat(records().termination(ID)).isPresent();
    }

    @Test
    void launch_whatCannotBeDone_refusedBeforeAnythingIsMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> call(
                        "launch", Calls.Launch.newBuilder().setContainerId(NAME).build()));

        assertThat(records().contains(ID)).isFalse();
    }

    /** This process has fewer arguments than the call says. */
    @Test
    void launch_supervisorCannotBeStarted_nothingIsLeft() throws Exception {
        Calls.Launch launch = Calls.Launch.newBuilder()
                .setContainerId(NAME)
                .setExecutorInfo(Mesos.ExecutorInfo.newBuilder()
                        .setExecutorId(Mesos.ExecutorID.newBuilder().setValue("e"))
                        .setCommand(Mesos.CommandInfo.newBuilder().setValue("true")))
                .build();
        ProgramContext here = context(Frame.of(launch), out);
        List<String> tooMany = Collections.nCopies(10_000, "x");
        ProgramContext context = new ProgramContext(
                here.linux(),
                here.options(),
                false,
                here.environment(),
                Map.of(),
                tooMany,
                here.in(),
                here.out(),
                here.err());

        assertThatThrownBy(() -> new ExternalProgram(context).run("launch"))
                .hasMessageContaining("container web was not launched: the command line");

        assertThat(records().contains(ID)).isFalse();
    }
}
