package org.corral.containerizer.external.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos;
import org.corral.core.ExitStatus;
import org.corral.core.Limitation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our messages against those of Mesos itself, at the beginning and towards the end of external containerizers. */
class MesosPeerTest {

    private static final String OLD = "0.19.0";
    private static final String NEW = "0.28.3";

    private static final Limitation OUT_OF_MEMORY =
            new Limitation("mem", OptionalLong.of(64), OptionalLong.of(64), "limit of 64 MB");

    private static List<String> fields(Descriptor ours) {
        return ours.getFields().stream()
                .map(field -> field.getName() + "=" + field.getNumber())
                .toList();
    }

    private static List<String> values(EnumDescriptor ours) {
        return ours.getValues().stream()
                .map(value -> value.getName() + "=" + value.getNumber())
                .toList();
    }

    /** What the newer release has in every message but those that changed, and the parts of it that we do not need. */
    @Test
    void fields_all_areThoseOfTheNewRelease() throws Exception {
        MesosPeer peer = MesosPeer.of(NEW);
        List<Descriptor> ours = List.of(
                Calls.Launch.getDescriptor(),
                Calls.Update.getDescriptor(),
                Calls.Wait.getDescriptor(),
                Calls.Destroy.getDescriptor(),
                Calls.Usage.getDescriptor(),
                Calls.Containers.getDescriptor(),
                Mesos.ResourceStatistics.getDescriptor(),
                Mesos.Resource.getDescriptor(),
                Mesos.Value.Scalar.getDescriptor(),
                Mesos.ExecutorInfo.getDescriptor(),
                Mesos.TaskInfo.getDescriptor(),
                Mesos.Environment.Variable.getDescriptor(),
                Mesos.ContainerInfo.getDescriptor());
        for (Descriptor one : ours) {
            String name = one.getFullName()
                    .replaceFirst("^mesos\\.(containerizer\\.)?", "")
                    .replace('.', '$');
            assertThat(peer.fields(name)).as(name).containsAll(fields(one));
        }
        assertThat(peer.values("TaskState")).containsAll(values(Mesos.TaskState.getDescriptor()));
        assertThat(peer.values("TaskStatus$Reason")).containsAll(values(Mesos.TaskStatus.Reason.getDescriptor()));
    }

    /** Each is a part of ours; of the number 6 of CommandInfo see its comment. */
    @Test
    void fields_thatChanged_areTheUnionOfBoth() throws Exception {
        MesosPeer older = MesosPeer.of(OLD);
        MesosPeer newer = MesosPeer.of(NEW);

        assertThat(fields(Calls.Termination.getDescriptor()))
                .containsAll(older.fields("Termination"))
                .containsAll(newer.fields("Termination"));
        assertThat(older.fields("Termination")).containsExactlyInAnyOrder("killed=1", "message=2", "status=3");
        assertThat(newer.fields("Termination"))
                .containsExactlyInAnyOrder("status=3", "state=4", "reasons=5", "message=2");
        assertThat(fields(Mesos.CommandInfo.getDescriptor())).containsAll(newer.fields("CommandInfo"));
        assertThat(fields(Mesos.CommandInfo.getDescriptor()))
                .contains("container=4", "uris=1", "environment=2", "value=3", "user=5");
    }

    @Test
    void termination_ofOurs_isUnderstoodByTheOldAgent() throws Exception {
        Calls.Termination ours =
                TerminationMessages.of(Optional.of(new ExitStatus.Signaled(9)), List.of(OUT_OF_MEMORY));

        Object theirs = MesosPeer.of(OLD).parse("Termination", ours.toByteArray());

        assertThat(MesosPeer.get(theirs, "getKilled")).isEqualTo(true);
        assertThat(MesosPeer.get(theirs, "getMessage")).isEqualTo("limit of 64 MB");
        assertThat(MesosPeer.get(theirs, "getStatus")).isEqualTo(9);
    }

    @Test
    void termination_ofOurs_isUnderstoodByTheNewAgent() throws Exception {
        Calls.Termination ours = TerminationMessages.of(Optional.of(new ExitStatus.Exited(3)), List.of(OUT_OF_MEMORY));

        Object theirs = MesosPeer.of(NEW).parse("Termination", ours.toByteArray());

        assertThat(MesosPeer.get(theirs, "getStatus")).isEqualTo(3 << 8);
        assertThat(MesosPeer.get(theirs, "getState")).hasToString("TASK_FAILED");
        assertThat(MesosPeer.get(theirs, "getReasonsList")).hasToString("[REASON_CONTAINER_LIMITATION_MEMORY]");
        assertThat(MesosPeer.get(theirs, "getMessage")).isEqualTo("limit of 64 MB");
    }

    /** Without a limitation too: the old agent refuses a message without its two required fields. */
    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void termination_plain_isWholeToBoth(String release) throws Exception {
        Calls.Termination ours = TerminationMessages.of(Optional.of(new ExitStatus.Exited(0)), List.of());

        Object theirs = MesosPeer.of(release).parse("Termination", ours.toByteArray());

        assertThat(MesosPeer.get(theirs, "isInitialized")).isEqualTo(true);
        assertThat(MesosPeer.get(theirs, "hasStatus")).isEqualTo(true);
    }

    @Test
    void termination_ofTheOldProgram_isUnderstood() throws Exception {
        byte[] theirs = MesosPeer.of(OLD).bytes("Termination", "killed: true message: 'too big' status: 9");

        Calls.Termination ours = Calls.Termination.parseFrom(theirs);

        assertThat(TerminationMessages.limitations(ours))
                .extracting(Limitation::message)
                .containsExactly("too big");
        assertThat(TerminationMessages.status(ours)).contains(new ExitStatus.Signaled(9));
    }

    @Test
    void termination_ofTheNewProgram_isUnderstood() throws Exception {
        byte[] theirs = MesosPeer.of(NEW)
                .bytes(
                        "Termination",
                        "status: 9 state: TASK_FAILED message: 'too big' "
                                + "reasons: REASON_CONTAINER_LIMITATION_MEMORY reasons: REASON_GC_ERROR");

        Calls.Termination ours = Calls.Termination.parseFrom(theirs);

        assertThat(TerminationMessages.limitations(ours))
                .extracting(Limitation::resource)
                .containsExactly("mem");
        assertThat(ours.toByteArray())
                .as("a reason that we do not know is kept")
                .hasSameSizeAs(theirs);
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void launch_theirs_isReadAndKeptWhole(String release) throws Exception {
        byte[] theirs = MesosPeer.of(release)
                .bytes(
                        "Launch",
                        "container_id { value: 'c' } directory: '/sandbox' user: 'build' slave_pid: 'slave(1)@h:1' "
                                + "slave_id { value: 's' } checkpoint: true "
                                + "task_info { name: 't' task_id { value: '1' } slave_id { value: 's' } } "
                                + "executor_info { executor_id { value: 'e' } framework_id { value: 'f' } "
                                + "command { value: 'echo hello' user: 'build' "
                                + "environment { variables { name: 'A' value: 'b' } } "
                                + "uris { value: 'http://h/f' executable: true } } "
                                + "resources { name: 'cpus' type: SCALAR scalar { value: 0.5 } } "
                                + "resources { name: 'mem' type: SCALAR scalar { value: 64 } role: 'prod' } "
                                + "resources { name: 'ports' type: RANGES ranges { range { begin: 1 end: 2 } } } }");

        Calls.Launch ours = Calls.Launch.parseFrom(theirs);

        assertThat(ours.getContainerId().getValue()).isEqualTo("c");
        assertThat(ours.getDirectory()).isEqualTo("/sandbox");
        assertThat(ours.getUser()).isEqualTo("build");
        assertThat(ours.getCheckpoint()).isTrue();
        Mesos.ExecutorInfo executor = ours.getExecutorInfo();
        assertThat(CommandLines.words(executor.getCommand())).containsExactly("/bin/sh", "-c", "echo hello");
        assertThat(executor.getCommand().getUris(0).getValue()).isEqualTo("http://h/f");
        assertThat(ResourceMessages.parse(executor.getResourcesList())
                        .memory()
                        .orElseThrow()
                        .bytes())
                .isEqualTo(64 << 20);
        assertThat(ours.getUnknownFields().asMap()).isEmpty();
        assertThat(ours.toByteArray()).hasSameSizeAs(theirs);
    }

    @Test
    void launch_ofTheNewAgentWithArguments_isUnderstood() throws Exception {
        byte[] theirs = MesosPeer.of(NEW)
                .bytes("CommandInfo", "shell: false value: '/bin/echo' arguments: 'echo' arguments: 'a b'");

        assertThat(CommandLines.words(Mesos.CommandInfo.parseFrom(theirs))).containsExactly("/bin/echo", "a b");
    }

    /** Number 6 was a health check once. */
    @Test
    void launch_ofTheOldAgentWithAHealthCheck_hasAShell() throws Exception {
        byte[] theirs = MesosPeer.of(OLD).bytes("CommandInfo", "value: 'true' health_check { http { port: 80 } }");

        Mesos.CommandInfo ours = Mesos.CommandInfo.parseFrom(theirs);

        assertThat(CommandLines.words(ours)).containsExactly("/bin/sh", "-c", "true");
        assertThat(ours.toByteArray()).hasSameSizeAs(theirs);
    }

    @ParameterizedTest
    @ValueSource(strings = {OLD, NEW})
    void calls_ours_areUnderstood(String release) throws Exception {
        MesosPeer peer = MesosPeer.of(release);
        Mesos.ContainerID id = Mesos.ContainerID.newBuilder().setValue("web").build();

        Object update = peer.parse(
                "Update",
                Calls.Update.newBuilder()
                        .setContainerId(id)
                        .addResources(Mesos.Resource.newBuilder()
                                .setName("cpus")
                                .setType(Mesos.Value.Type.SCALAR)
                                .setScalar(Mesos.Value.Scalar.newBuilder().setValue(1.5)))
                        .build()
                        .toByteArray());
        assertThat(update.toString()).contains("\"web\"", "name: \"cpus\"", "value: 1.5");
        Object containers = peer.parse(
                "Containers",
                Calls.Containers.newBuilder().addContainers(id).build().toByteArray());
        assertThat(MesosPeer.get(containers, "getContainersCount")).isEqualTo(1);
        Object statistics = peer.parse(
                "ResourceStatistics",
                Mesos.ResourceStatistics.newBuilder()
                        .setTimestamp(1)
                        .setMemRssBytes(7)
                        .setThreads(3)
                        .build()
                        .toByteArray());
        assertThat(MesosPeer.get(statistics, "getMemRssBytes")).isEqualTo(7L);
    }
}
