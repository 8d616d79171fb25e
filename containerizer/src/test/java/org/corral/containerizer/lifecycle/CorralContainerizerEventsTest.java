package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.corral.core.ContainerState;
import org.corral.core.ContainerStatus;
import org.corral.core.ExitStatus;
import org.corral.core.Termination;
import org.junit.jupiter.api.Test;

/** What others see of a container's life while it goes on. */
class CorralContainerizerEventsTest extends LifecycleFixture {

    @Test
    void status_duringPrepare_namesWhatIsBeingDone() throws Exception {
        CompletableFuture<ContainerStatus> seen = new CompletableFuture<>();
        host.script.during("b.prepare", () -> seen.complete(statusUnchecked()));

        containerizer.launch(ID, REQUEST);

        assertThat(seen.get().state()).isEqualTo(ContainerState.PREPARING);
        assertThat(seen.get().activity()).contains("prepare of b");
        assertThat(containerizer.status(ID).activity()).isEmpty();
        containerizer.warnOfHanging();
    }

    private ContainerStatus statusUnchecked() {
        try {
            return containerizer.status(ID);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void exit_afterALimitation_isToldInThatOrder() throws Exception {
        host.second.limitedAtTheEnd(ScriptedIsolator.LIMITATION);

        containerizer.launch(ID, REQUEST);
        CompletableFuture<Optional<Termination>> end = containerizer.wait(ID).toCompletableFuture();
        host.launcher.process.end(new ExitStatus.Signaled(9));
        end.get();

        assertThat(host.events)
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "StateChanged",
                        "StateChanged",
                        "StateChanged",
                        "StateChanged",
                        "StateChanged",
                        "Limited",
                        "Exited",
                        "Ended");
    }
}
