package org.corral.core.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.MemoryLowering;
import org.corral.core.Resources;
import org.corral.core.usage.ContainerUsage;
import org.junit.jupiter.api.Test;

/** The change of an isolator that only updates, and the lines of one that plans. */
class LimitChangeTest {

    private static final ContainerId ID = ContainerId.of("c");

    /** Refuses more than 5 processes. */
    private static final class Simple implements Isolator {
        final List<OptionalLong> updates = new ArrayList<>();

        @Override
        public String name() {
            return "simple";
        }

        @Override
        public Contribution prepare(ContainerId id, LaunchRequest request) {
            return Contribution.NONE;
        }

        @Override
        public void update(ContainerId id, Resources resources) throws IOException {
            updates.add(resources.pids());
            if (resources.pids().orElse(0) > 5) {
                throw new IOException("too many");
            }
        }

        @Override
        public ContainerUsage usage(ContainerId id) {
            return ContainerUsage.nothing(Instant.EPOCH);
        }

        @Override
        public void cleanup(ContainerId id) {}
    }

    private final Simple isolator = new Simple();

    private LimitChange change(long wanted, long before) throws IOException {
        return isolator.plan(
                ID,
                new ResourceUpdate(
                        Resources.NONE.withPids(wanted), Resources.NONE.withPids(before), MemoryLowering.KEEP));
    }

    @Test
    void plan_simpleIsolator_changesNothing() throws Exception {
        assertThat(change(3, 2).steps()).isEmpty();
        assertThat(isolator.updates).isEmpty();
    }

    @Test
    void undo_simpleIsolator_isUpdatedToWhatWasBefore() throws Exception {
        LimitChange change = change(3, 2);

        change.apply();
        change.undo();

        assertThat(isolator.updates).containsExactly(OptionalLong.of(3), OptionalLong.of(2));
    }

    @Test
    void apply_simpleIsolatorFails_isUpdatedToWhatWasBefore() {
        assertThatThrownBy(() -> change(6, 2).apply()).hasMessage("too many");

        assertThat(isolator.updates).containsExactly(OptionalLong.of(6), OptionalLong.of(2));
    }

    @Test
    void apply_takingBackFailsToo_isTold() {
        assertThatThrownBy(() -> change(6, 7).apply())
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));
    }

    @Test
    void step_text_isOneLine() {
        assertThat(new LimitStep("cpu.shares", "1024", "512", "")).hasToString("cpu.shares: 1024 -> 512");
        assertThat(new LimitStep("a", "1", "2", "first")).hasToString("a: 1 -> 2 (first)");
        assertThat(LimitStep.unchanged("a", "1")).hasToString("a: 1, unchanged");
        assertThat(LimitStep.kept("a", "1", "it is used")).hasToString("a: 1, kept, because it is used");
        assertThat(LimitStep.kept("a", "", "there is none")).hasToString("a: kept, because there is none");
    }
}
