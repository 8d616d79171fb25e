package org.corral.containerizer.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos;
import org.corral.containerizer.external.protocol.ResourceMessages;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExternalRecoveryTest extends ExternalFixture {

    private static Calls.Containers named(String... names) {
        Calls.Containers.Builder list = Calls.Containers.newBuilder();
        for (String name : names) {
            list.addContainers(Mesos.ContainerID.newBuilder().setValue(name));
        }
        return list.build();
    }

    @Test
    void recover_containerOfAnEarlierAgent_isWaitedForAgain() throws Exception {
        launch();
        containers.close();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> containers.wait(ID).toCompletableFuture().join())
                .withMessageContaining("closed before");
        program.answers("containers", named("web"));
        containers = containerizer(options);

        assertThat(containers.recover()).containsExactly(ID);

        containers.update(ID, Resources.NONE.withCpus(CpuAmount.ofCpus(1)));
        assertThat(ResourceMessages.parse(
                        program.input("update", Calls.Update.parser()).getResourcesList()))
                .isEqualTo(HALF.withCpus(CpuAmount.ofCpus(1)));
        program.end(exit(5).build());
        assertThat(await(containers.wait(ID)).status()).contains(new ExitStatus.Exited(5));
    }

    @Test
    void recover_orphan_isDestroyedBefore() throws Exception {
        program.answers("containers", named("stray"));
        program.answers("wait", exit(0).build());
        program.does("destroy", "echo end > gate-of-wait");

        assertThat(containers.recover()).isEmpty();

        assertThat(program.calls()).containsExactlyInAnyOrder("recover", "containers", "wait", "destroy");
        assertThat(program.input("destroy", Calls.Destroy.parser())
                        .getContainerId()
                        .getValue())
                .isEqualTo("stray");
    }

    @Test
    void recover_orphanThatCannotBeDestroyed_isNotFatal() throws Exception {
        containers = containerizer(options.withPatience(LONG, SHORT));
        program.answers("containers", named("stray"));
        program.does("destroy", "exit 1");

        assertThat(containers.recover()).containsExactly(ContainerId.of("stray"));
    }

    @Test
    void recover_containerThatHasGone_isForgotten() throws Exception {
        launch();
        containers.close();
        program.answers("containers", named("-not usable-"));
        containers = containerizer(options);

        assertThat(containers.recover()).isEmpty();

        assertThat(memos()).isEmpty();
    }

    @Test
    void recover_programFails_isFatal() throws Exception {
        program.does("recover", "exit 1");
        assertThatThrownBy(containers::recover).hasMessageContaining("program recover' failed");

        program.does("recover", "exit 0");
        program.does("containers", "echo none");
        assertThatThrownBy(containers::recover).hasMessageContaining("program containers' answered is not understood");
    }

    @Test
    void recover_noteThatCannotBeRead_isLeftAside() throws Exception {
        launch();
        containers.close();
        Path notes = temporary.resolve("state/containers");
        for (String damaged : List.of("", "{", "[]", "{\"id\":\"web\",\"launchedAt\":\"yesterday\"}")) {
            Files.write(notes.resolve("damaged.json"), damaged.getBytes(StandardCharsets.UTF_8));
            assertThat(memos()).containsExactly(ID);
        }
    }

    @Test
    void options_noProgram_refused() {
        assertThatThrownBy(() -> ExternalOptions.defaults(" ", temporary)).hasMessageContaining("is empty");
    }
}
