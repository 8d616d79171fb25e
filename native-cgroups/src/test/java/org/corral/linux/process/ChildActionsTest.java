package org.corral.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildActionsTest {

    private static final Action STREAM = new Action.Duplicate(40, 1);
    private static final Action INPUT = new Action.Open(0, "/dev/null", 0, 0);

    @TempDir
    Path directory;

    private final FaultyLinux kernel = new FaultyLinux();

    private List<Action> complete(Optional<HostView> view, Action... actions) {
        Gate gate = Gate.existing(kernel.linux(), directory);
        SpawnPlan plan = new SpawnPlan("/bin/true", List.of("true"), List.of(), List.of(actions), true);
        return new ChildActions(gate, plan).complete(view).actions();
    }

    @Test
    void complete_descriptorsOfTheAgent_areTakenFirstAndTheRestClosedBeforeTheGate() {
        List<Action> actions = complete(Optional.empty(), INPUT, STREAM);

        assertThat(actions)
                .startsWith(STREAM, new Action.CloseFrom(3))
                .endsWith(INPUT)
                .hasSize(5);
        assertThat(actions.subList(2, 4))
                .extracting(action -> ((Action.Open) action).path())
                .containsExactly(
                        directory.resolve("gate").toString(),
                        directory.resolve("go").toString());
    }

    @Test
    void complete_ownMounts_descriptorsOfTheAgentAreTakenToo() throws Exception {
        try (HostView view = HostView.open(kernel.linux())) {
            List<Action> actions = complete(Optional.of(view), INPUT, STREAM);

            assertThat(actions.get(0)).isEqualTo(STREAM);
            assertThat(actions.subList(1, 3)).containsExactlyElementsOf(view.opening());
            assertThat(actions).endsWith(view.see(INPUT));
        }
    }

    @Test
    void new_otherThanStandardStreams_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> complete(Optional.empty(), new Action.Duplicate(40, 3)))
                .withMessageContaining("standard streams");
    }
}
