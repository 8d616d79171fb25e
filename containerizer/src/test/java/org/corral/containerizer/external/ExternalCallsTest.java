package org.corral.containerizer.external;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos;
import org.corral.containerizer.external.protocol.ResourceMessages;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.UnknownContainerException;
import org.corral.core.unit.DataSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExternalCallsTest extends ExternalFixture {

    @Test
    void usage_answer_isTold() throws Exception {
        launch();
        program.answers(
                "usage",
                Mesos.ResourceStatistics.newBuilder()
                        .setTimestamp(7)
                        .setMemRssBytes(4096)
                        .build());

        assertThat(containers.usage(ID).memory().orElseThrow().currentBytes()).hasValue(4096);
        assertThat(program.input("usage", Calls.Usage.parser()).getContainerId().getValue())
                .isEqualTo("web");
    }

    @Test
    void usage_fails_containerLives() throws Exception {
        launch();
        for (String script : List.of("exit 1", "echo what?", "exit 0", "kill -15 $$")) {
            program.does("usage", script);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> containers.usage(ID))
                    .withMessageContaining("program usage'");
        }
        program.answers(
                "usage",
                Mesos.ResourceStatistics.newBuilder().setTimestamp(Double.NaN).build());
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> containers.usage(ID))
                .withMessageContaining("a time that is none");

        assertThat(containers.containers()).containsExactly(ID);
        assertThat(containers.wait(ID).toCompletableFuture()).isNotDone();
    }

    @Test
    void update_programIsToldTheTotals() throws Exception {
        launch();

        assertThat(containers.update(ID, Resources.NONE.withMemory(DataSize.ofMebibytes(128))))
                .isTrue();

        assertThat(ResourceMessages.parse(
                        program.input("update", Calls.Update.parser()).getResourcesList()))
                .isEqualTo(HALF.withMemory(DataSize.ofMebibytes(128)));
    }

    @Test
    void update_programFails_saidAndContainerLives() throws Exception {
        launch();
        program.does("update", "exit 1");

        assertThatThrownBy(() -> containers.update(ID, HALF)).hasMessageContaining("exit code 1");

        assertThat(containers.containers()).containsExactly(ID);
    }

    /** The program refuses because there is no such container any more. */
    @Test
    void update_containerEndsMeanwhile_isNoFailure() throws Exception {
        program.answers("wait", exit(0).build());
        program.does("update", "echo end > gate-of-wait; while [ ! -e go-on ]; do sleep 0.01; done; exit 1");
        launch();
        CompletionStage<Void> ended = containers.wait(ID).thenAccept(end -> touch(program.file("go-on")));

        assertThat(containers.update(ID, HALF)).isFalse();

        assertThat(ended.toCompletableFuture()).succeedsWithin(LONG);
    }

    private static void touch(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void update_otherLimits_refused() throws Exception {
        launch();

        assertThatThrownBy(() -> containers.update(ID, Resources.NONE.withPids(3)))
                .hasMessageContaining("CPU share and a memory limit alone");
    }

    @Test
    void kill_anyContainer_isNotToBeHad() throws Exception {
        launch();

        assertThatThrownBy(() -> containers.kill(ID, 15)).hasMessageContaining("cannot be sent a signal");
        assertThat(containers.kill(ContainerId.of("other"), 15)).isFalse();
    }

    @Test
    void unknown_everyCall_answersWithoutTheProgram() throws Exception {
        assertThat(containers.update(ID, HALF)).isFalse();
        assertThat(containers.wait(ID).toCompletableFuture().join()).isEmpty();
        assertThat(containers.destroy(ID).toCompletableFuture().join()).isEmpty();
        assertThatExceptionOfType(UnknownContainerException.class).isThrownBy(() -> containers.usage(ID));
        assertThatExceptionOfType(UnknownContainerException.class).isThrownBy(() -> containers.status(ID));
        assertThat(program.calls()).isEmpty();
    }
}
