package org.corral.containerizer.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import jdk.jfr.consumer.RecordedEvent;
import org.corral.core.ContainerId;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.OomCause;
import org.junit.jupiter.api.Test;

class OomKillRecorderTest {

    private static final ContainerEvent KILL = new ContainerEvent.OomKilled(
            ContainerId.of("hog"), Instant.EPOCH, OomCause.OWN_LIMIT, 2, OptionalLong.of(64), OptionalLong.empty());

    @Test
    void accept_kill_isRecorded() throws Exception {
        List<RecordedEvent> events = FlightRecording.of("corral.OomKill", () -> new OomKillRecorder().accept(KILL));

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getString("container")).isEqualTo("hog");
            assertThat(event.getString("cause")).isEqualTo("own-limit");
            assertThat(event.getLong("killed")).isEqualTo(2);
            assertThat(event.getLong("limit")).isEqualTo(64);
            assertThat(event.getLong("peak")).isEqualTo(-1);
        });
    }
}
