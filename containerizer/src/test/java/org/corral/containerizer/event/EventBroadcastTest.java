package org.corral.containerizer.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.ExitStatus;
import org.corral.core.Limitation;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.Crossing;
import org.corral.core.event.OomCause;
import org.corral.core.event.PressureLevel;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.PressureUsage;
import org.corral.linux.Linux;
import org.corral.testing.Background;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The FIFOs are real. */
@Timeout(60)
class EventBroadcastTest {

    private static final ContainerId ID = ContainerId.of("c");

    @TempDir
    Path directory;

    private final FaultyLinux agents = new FaultyLinux();
    private final Linux linux = Linux.ofThisHost();
    private final EventBus bus = new EventBus();
    private EventBroadcast broadcast;

    @BeforeEach
    void begin() {
        broadcast = new EventBroadcast(agents.linux(), directory, bus);
    }

    @AfterEach
    void nothingIsLeftOpen() {
        broadcast.close();
        assertThat(agents.openDescriptors()).isEmpty();
    }

    private static ContainerEvent running() {
        return new ContainerEvent.StateChanged(ID, Instant.EPOCH, ContainerState.RUNNING);
    }

    @Test
    void events_eachKind_isALineOfJson() throws Exception {
        try (EventFifo fifo = EventFifo.create(linux, directory)) {
            bus.accept(running());
            assertThat(fifo.next())
                    .contains(
                            "{\"at\":\"1970-01-01T00:00:00Z\",\"id\":\"c\",\"event\":\"state\",\"state\":\"running\"}");
            for (ContainerEvent event : events()) {
                bus.accept(event);
                String line = fifo.next().orElseThrow();
                assertThat(line).startsWith("{\"at\":\"1970-01-01T00:00:00Z\",\"id\":\"c\",\"event\":");
            }
        }
    }

    private static List<ContainerEvent> events() {
        OptionalLong one = OptionalLong.of(1);
        Termination end = new Termination(
                ID,
                TerminationReason.EXITED,
                Optional.of(new ExitStatus.Exited(1)),
                List.of(),
                ContainerUsage.nothing(Instant.EPOCH),
                Duration.ofMillis(1500));
        return List.of(
                new ContainerEvent.MemoryPressure(
                        ID, Instant.EPOCH, PressureLevel.LOW, new PressureUsage(one, one, OptionalLong.empty())),
                new ContainerEvent.PidsLimitHit(ID, Instant.EPOCH, 1, one),
                new ContainerEvent.OomKilled(ID, Instant.EPOCH, OomCause.OWN_LIMIT, 1, one, OptionalLong.empty()),
                new ContainerEvent.Limited(ID, Instant.EPOCH, new Limitation("mem", one, one, "reached")),
                new ContainerEvent.Exited(ID, Instant.EPOCH, Optional.of(new ExitStatus.Signaled(9))),
                new ContainerEvent.Exited(ID, Instant.EPOCH, Optional.empty()),
                new ContainerEvent.Ended(ID, Instant.EPOCH, Optional.of(end)),
                new ContainerEvent.Ended(ID, Instant.EPOCH, Optional.empty()),
                new ContainerEvent.ThresholdCrossed(ID, Instant.EPOCH, 2, 3, Optional.of(Crossing.RISEN), 1),
                new ContainerEvent.ThresholdCrossed(ID, Instant.EPOCH, 2, 1, Optional.empty(), 2));
    }

    @Test
    void thresholdCrossed_hasSideThresholdAndUse() {
        assertThat(new String(EventJson.line(events().get(8)), StandardCharsets.UTF_8))
                .contains("\"event\":\"memory-threshold\",\"crossing\":\"risen\",\"thresholdBytes\":2,\"usedBytes\":3,"
                        + "\"crossings\":1}");
        assertThat(new String(EventJson.line(events().get(9)), StandardCharsets.UTF_8))
                .contains("\"crossing\":null,");
    }

    @Test
    void ended_hasStatusReasonAndTime() {
        assertThat(new String(EventJson.line(events().get(6)), StandardCharsets.UTF_8))
                .contains("\"event\":\"ended\",\"exit\":{\"code\":1},\"reason\":\"EXITED\",\"wallSeconds\":1.5}");
    }

    @Test
    void listenerIsFull_losesAndIsToldHowMany() throws Exception {
        int sent = 3000; // of some 70 bytes, into the 64 KiB of a pipe
        try (EventFifo fifo = EventFifo.create(linux, directory);
                EventFifos fifos = new EventFifos(agents.linux(), directory)) {
            for (int i = 0; i < sent; i++) {
                fifos.happened(running());
            }
            int read = 0;
            for (; read < 100; read++) {
                assertThat(fifo.next().orElseThrow()).contains("running");
            }
            fifos.missed(7);
            fifos.happened(running());

            String line = fifo.next().orElseThrow();
            for (; line.contains("running"); read++) {
                line = fifo.next().orElseThrow();
            }

            assertThat(line).isEqualTo("{\"event\":\"missed\",\"count\":" + (sent - read + 7) + "}");
            assertThat(fifo.next().orElseThrow()).contains("running");
        }
    }

    @Test
    void eventIsTooLong_countsAsMissed() throws Exception {
        Limitation endless = new Limitation("mem", OptionalLong.empty(), OptionalLong.empty(), "x".repeat(5000));
        try (EventFifo fifo = EventFifo.create(linux, directory)) {
            bus.accept(new ContainerEvent.Limited(ID, Instant.EPOCH, endless));
            bus.accept(running());

            assertThat(fifo.next()).contains("{\"event\":\"missed\",\"count\":1}");
            assertThat(fifo.next().orElseThrow()).contains("running");
        }
    }

    @Test
    void listenerHasDied_itsFifoIsRemoved() throws Exception {
        Path orphan = directory.resolve("1-dead" + EventFifo.SUFFIX);
        linux.files().makeFifo(orphan.toString(), 0600);

        bus.accept(running());
        broadcast.close();

        assertThat(orphan).doesNotExist();
    }

    @Test
    void listenerLeaves_theOthersAreToldOn() throws Exception {
        EventFifo leaving = EventFifo.create(linux, directory);
        try (EventFifo staying = EventFifo.create(linux, directory)) {
            bus.accept(running());
            assertThat(staying.next()).isPresent();
            assertThat(leaving.next()).isPresent();

            leaving.close();
            leaving.close();
            bus.accept(running());
            bus.accept(running());

            assertThat(staying.next()).isPresent();
            assertThat(staying.next()).isPresent();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void next_closedMeanwhile_isEmpty() throws Exception {
        EventFifo fifo = EventFifo.create(linux, directory);
        CompletableFuture<Optional<String>> next = Background.supply(() -> nextOf(fifo));

        fifo.close();

        assertThat(next.get()).isEmpty();
    }

    private static Optional<String> nextOf(EventFifo fifo) {
        try {
            return fifo.next();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void noDirectory_nothingHappens() {
        broadcast.close();
        broadcast = new EventBroadcast(agents.linux(), directory.resolve("none"), bus);

        bus.accept(running());

        assertThat(directory.resolve("none")).doesNotExist();
    }
}
