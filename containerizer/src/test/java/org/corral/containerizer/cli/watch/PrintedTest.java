package org.corral.containerizer.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.corral.containerizer.ContainerSampler;
import org.corral.containerizer.SamplerHost;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PrintedTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);

    @TempDir
    private Path directory;

    private final End end = new End();
    private SamplerHost host;

    @BeforeEach
    void oneContainer() throws Exception {
        host = new SamplerHost(directory);
        host.launch("web", 1 << 20);
        host.limitMemory("web", 4 << 20);
    }

    /** Takes a number of writes, then is closed, as by {@code head}, or lets the end come. */
    private final class Reader extends OutputStream {
        private final ByteArrayOutputStream text = new ByteArrayOutputStream();
        private final boolean closes;
        private int left;

        Reader(int flushes, boolean closes) {
            this.left = flushes;
            this.closes = closes;
        }

        @Override
        public void write(int b) throws IOException {
            if (left == 0 && closes) {
                throw new IOException("Broken pipe");
            }
            text.write(b);
        }

        @Override
        public void flush() {
            left = Math.max(0, left - 1);
            if (left == 0 && !closes) {
                end.come();
            }
        }
    }

    private String print(boolean asJson, Duration interval, Reader reader) throws Exception {
        PrintStream out = new PrintStream(reader, false, StandardCharsets.UTF_8);
        try (ContainerSampler sampler = host.sampler(Watch.COLUMNS)) {
            new Printed(new WatchedContainers(sampler, List.of()), interval, out, CLOCK).run(asJson, end);
        }
        return reader.text.toString(StandardCharsets.UTF_8);
    }

    @Test
    void run_tables_aBlockEachTimeWithItsTime() throws Exception {
        String text = print(false, Duration.ofMillis(1), new Reader(2, false));

        String[] blocks = text.split("\n\n", -1);
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(2);
        assertThat(blocks[0])
                .isEqualTo(
                        """
                        2026-01-02T03:04:05Z  1 container
                        ID               CPU%     MEMORY    MEM%      LIMIT    PIDS       READ    WRITTEN  THROTTLED(s)  OOM KILLS       PEAK      CPU(s)     USER(s)   SYSTEM(s)
                        web                 -     1.0MiB    25.0     4.0MiB       -          -          -          0.00          0         0B        0.00        0.00        0.00""");
        assertThat(blocks[1]).startsWith("2026-01-02T03:04:05Z  1 container\nID ");
    }

    @Test
    void run_json_anObjectALine() throws Exception {
        String text = print(true, Duration.ofHours(1), new Reader(1, false));

        assertThat(text)
                .hasLineCount(1)
                .startsWith("{\"id\":\"web\",\"at\":\"2026-01-02T03:04:05.678Z\",\"cpu\":{\"nanosPerSecond\":null,")
                .contains("\"memory\":{\"currentBytes\":1048576,", "\"limitBytes\":4194304,")
                .contains("\"pids\":{\"current\":null,\"limit\":null}")
                .endsWith("\"io\":{\"readBytes\":null,\"writeBytes\":null,\"reads\":null,\"writes\":null}}\n");
    }

    /** The next block after the reader has gone is the last, not the one after an hour. */
    @Test
    void run_readerGoes_endsQuietly() throws Exception {
        String text = print(false, Duration.ofMillis(1), new Reader(1, true));

        assertThat(text).contains("web").doesNotContain("\n\n");
        assertThat(end.hasCome()).isFalse();
    }

    @Test
    void run_interrupted_ends() throws Exception {
        Thread.currentThread().interrupt();

        assertThat(print(false, Duration.ofHours(1), new Reader(100, true))).contains("web");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void run_noContainers_headingsAlone() throws Exception {
        host.end("web");

        assertThat(print(false, Duration.ofHours(1), new Reader(1, false)))
                .startsWith("2026-01-02T03:04:05Z  0 containers\nID ")
                .hasLineCount(2);
    }
}
