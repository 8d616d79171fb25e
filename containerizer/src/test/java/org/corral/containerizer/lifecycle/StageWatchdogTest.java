package org.corral.containerizer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.ContainerStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class StageWatchdogTest {

    private static final ContainerId ID = ContainerId.of("web-1");
    private static final Instant LAUNCH = Instant.EPOCH;

    private final Logger logger = (Logger) LoggerFactory.getLogger(StageWatchdog.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private Instant now = LAUNCH;
    private final StageWatchdog watchdog = new StageWatchdog(Duration.ofSeconds(30), () -> now);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(log);
    }

    private void lookAfter(int seconds, ContainerState state) {
        now = LAUNCH.plusSeconds(seconds);
        watchdog.look(List.of(new ContainerStatus(ID, state, LAUNCH, OptionalInt.empty())
                .withActivity(Optional.of("prepare of acme/slow"))));
    }

    private List<String> warnings() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void look_stageTakesLong_warnsOnceOfWhatIsBeingDone() {
        lookAfter(30, ContainerState.PREPARING);
        assertThat(warnings()).isEmpty();

        lookAfter(31, ContainerState.PREPARING);
        lookAfter(99, ContainerState.PREPARING);

        assertThat(warnings())
                .containsExactly("container web-1 is PREPARING since 1970-01-01T00:00:00Z, in prepare of acme/slow");
    }

    @Test
    void look_running_isNoReason() {
        lookAfter(9999, ContainerState.RUNNING);

        assertThat(warnings()).isEmpty();
    }

    @Test
    void look_goneAndThereAgain_warnsAgain() {
        lookAfter(31, ContainerState.DESTROYING);
        watchdog.look(List.of());
        lookAfter(32, ContainerState.DESTROYING);

        assertThat(warnings()).hasSize(2);
    }
}
