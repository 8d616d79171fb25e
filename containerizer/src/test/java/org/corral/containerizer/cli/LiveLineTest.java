package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveLineTest {

    private static final String AGAIN = "\r\u001b[K";

    private final FakeContainerizer containers = new FakeContainerizer();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LiveLine line =
            new LiveLine(containers, Samples.ID, new PrintStream(bytes, true, StandardCharsets.UTF_8));

    private String shown() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void update_twice_writesOverTheFirst() {
        containers.usage = Optional.of(Samples.usage(Samples.AT, Duration.ofSeconds(1)));
        line.update();
        containers.usage = Optional.of(Samples.usage(Samples.AT.plusSeconds(1), Duration.ofSeconds(2)));
        line.update();
        assertThat(shown())
                .startsWith(AGAIN + "cpu -")
                .contains(AGAIN + "cpu 100%")
                .doesNotContain("\n");
    }

    @Test
    void close_shown_removesItForGood() {
        containers.usage = Optional.of(Samples.usage(Samples.AT, Duration.ofSeconds(1)));
        line.update();
        line.close();
        line.update();
        assertThat(shown()).endsWith("throttled 1.23 s" + AGAIN);
    }

    @Test
    void update_containerEnded_showsNothing() {
        line.update();
        line.close();
        assertThat(shown()).isEmpty();
    }
}
