package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.isolator.Contribution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands that isolators want to be run before the container's own. */
class PreExecTest extends LifecycleFixture {

    @BeforeEach
    void contribute() {
        host.first.contributing(contribution("/sbin/first"));
        host.second.contributing(contribution("/sbin/second", "-v"));
    }

    private static Contribution contribution(String... command) {
        return Contribution.builder().preExec(List.of(command)).build();
    }

    private void during(String step, ExitStatus status, String said) {
        host.script.during(step, () -> {
            try {
                Files.writeString(host.store.directoryOf(ID).resolve("pre-exec.log"), said);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            host.launcher.beside().end(status);
        });
    }

    @Test
    void launch_commandsOfIsolators_runInOrderBeforeTheContainersOwn() throws Exception {
        containerizer.launch(ID, REQUEST);

        assertThat(host.script.steps())
                .containsExactly(
                        "a.prepare",
                        "b.prepare",
                        "fork",
                        "a.isolate",
                        "b.isolate",
                        "forkBeside /sbin/first",
                        "forkBeside /sbin/second -v",
                        "release");
    }

    @Test
    void launch_oneFails_failsWithWhatItSaidAndRunsNoMore() {
        during("forkBeside /sbin/first", new ExitStatus.Exited(3), "starting\nno such device\n");

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST))
                .isInstanceOf(LaunchException.class)
                .hasMessage("pre-exec command '/sbin/first' of container web-1 ended with exit code 3: starting\n"
                        + "no such device");

        assertThat(host.script.steps())
                .endsWith("forkBeside /sbin/first", "abort", "launcher.destroy", "b.cleanup", "a.cleanup");
        assertThat(host.state).doesNotExist();
        assertThat(containerizer.containers()).isEmpty();
    }

    @Test
    void launch_lastIsKilled_failsWithTheSignal() {
        during("forkBeside /sbin/second -v", new ExitStatus.Signaled(11), "");

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST))
                .hasMessage("pre-exec command '/sbin/second -v' of container web-1 ended by signal 11");
    }

    @Test
    void launch_commandCannotBeStarted_failsAsThatTells() {
        host.script.fail(
                "forkBeside /sbin/first",
                new LaunchException(LaunchException.Kind.COMMAND_NOT_FOUND, "command '/sbin/first' not found"));

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST)).hasMessage("command '/sbin/first' not found");
        assertThat(host.state).doesNotExist();
    }

    @Test
    void launch_endCannotBeNoticed_fails() {
        host.script.during(
                "forkBeside /sbin/first",
                () -> host.launcher.beside().loseTrack(new IOException("the poller was closed")));

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST))
                .hasMessageContaining("cannot be noticed")
                .hasRootCauseMessage("the poller was closed");
    }

    @Test
    void destroy_whileOneRuns_endsItAndTheLaunch() throws Exception {
        Destroyer destroyer = new Destroyer();
        host.script.during("forkBeside /sbin/first", destroyer);

        assertThatThrownBy(() -> containerizer.launch(ID, REQUEST)).hasMessageContaining("ended by signal 9");

        Termination end = destroyer.end().toCompletableFuture().get().orElseThrow();
        assertThat(end.reason()).isEqualTo(TerminationReason.DESTROYED);
        assertThat(host.state).doesNotExist();
    }

    @Test
    void status_whileOneRuns_namesIt() throws Exception {
        host.script.during("forkBeside /sbin/first", () -> {
            assertThat(activity()).contains("pre-exec command /sbin/first");
            host.launcher.beside().end(new ExitStatus.Exited(0));
        });

        containerizer.launch(ID, REQUEST);

        assertThat(activity()).isEmpty();
        assertThat(host.launcher.contribution().environment()).isEqualTo(Map.of("A", "1"));
    }

    private Optional<String> activity() {
        try {
            return containerizer.status(ID).activity();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Destroys the container. */
    private final class Destroyer implements Runnable {
        private volatile @Nullable CompletionStage<Optional<Termination>> end;

        @Override
        public void run() {
            end = containerizer.destroy(ID);
        }

        CompletionStage<Optional<Termination>> end() {
            return Objects.requireNonNull(end);
        }
    }
}
