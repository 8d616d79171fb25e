package org.corral.containerizer.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.containerizer.event.EventBus;
import org.corral.core.ContainerId;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.OomCause;
import org.corral.core.event.PressureLevel;
import org.corral.core.usage.PressureUsage;
import org.junit.jupiter.api.Test;

class EventCountsTest {

    private static final ContainerId ID = ContainerId.of("c");
    private static final PressureUsage NO_COUNTS =
            new PressureUsage(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    private final EventCounts counts = new EventCounts();

    private static ContainerEvent killed(ContainerId id, long untilNow) {
        return new ContainerEvent.OomKilled(
                id, Instant.EPOCH, OomCause.OWN_LIMIT, untilNow, OptionalLong.empty(), OptionalLong.empty());
    }

    private static ContainerEvent pressure() {
        return new ContainerEvent.MemoryPressure(ID, Instant.EPOCH, PressureLevel.MEDIUM, NO_COUNTS);
    }

    @Test
    void accept_killsOfSeveralContainers_countsEachProcessOnce() {
        counts.accept(killed(ID, 1));
        counts.accept(killed(ID, 3));
        counts.accept(killed(ContainerId.of("other"), 2));

        assertThat(counts.oomKills(OomCause.OWN_LIMIT)).isEqualTo(5);
        assertThat(counts.oomKills(OomCause.UNKNOWN)).isZero();
    }

    @Test
    void accept_killsTheOtherWayRound_countsEachProcessOnce() {
        counts.accept(killed(ID, 3));
        counts.accept(killed(ID, 1));

        assertThat(counts.oomKills(OomCause.OWN_LIMIT)).isEqualTo(3);
    }

    @Test
    void accept_idUsedAgain_countsItsKillsFromTheStart() {
        counts.accept(killed(ID, 3));
        counts.accept(new ContainerEvent.Ended(ID, Instant.EPOCH, Optional.empty()));
        counts.accept(killed(ID, 1));

        assertThat(counts.oomKills(OomCause.OWN_LIMIT)).isEqualTo(4);
    }

    @Test
    void accept_listenerThatBlocks_losesEventsAndNoCount() {
        try (EventBus bus = new EventBus()) {
            Object blocked = new Object();
            synchronized (blocked) {
                bus.subscribe(
                        event -> {
                            synchronized (blocked) {
                                assertThat(event).isNotNull();
                            }
                        },
                        1);
                for (int i = 0; i < 100; i++) {
                    counts.andThen(bus).accept(pressure());
                }

                assertThat(bus.missed()).isGreaterThanOrEqualTo(98);
                assertThat(counts.pressures(PressureLevel.MEDIUM)).isEqualTo(100);
            }
        }
    }
}
