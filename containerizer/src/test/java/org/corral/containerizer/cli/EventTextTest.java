package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'event':'state','state':'running'} | running",
                "{'event':'memory-pressure','level':'low','low':3,'medium':0,'critical':null}"
                        + "| memory pressure low (low 3, medium 0, critical -)",
                "{'event':'memory-threshold','crossing':'risen','thresholdBytes':1048576,'usedBytes':2097152,'crossings':3}"
                        + "| memory use has risen to 1.0MiB (2.0MiB now, crossed 3 times)",
                "{'event':'memory-threshold','crossing':'fallen','thresholdBytes':1048576,'usedBytes':0,'crossings':2}"
                        + "| memory use has fallen below 1.0MiB (0B now, crossed 2 times)",
                "{'event':'memory-threshold','crossing':null,'thresholdBytes':1048576,'usedBytes':0,'crossings':2}"
                        + "| memory use was on both sides of 1.0MiB (0B now, crossed 2 times)",
                "{'event':'pids-limit','failedForks':2,'limit':10} | fork failed at the limit of 10 processes (2 so far)",
                "{'event':'oom-killed','cause':'own-limit','oomKills':1,'limitBytes':67108864,'peakBytes':67108864}"
                        + "| out of memory, 1 killed (its limit 64.0MiB, peak 64.0MiB)",
                "{'event':'oom-killed','cause':'ancestor-or-host','oomKills':2,'limitBytes':null,'peakBytes':1048576}"
                        + "| out of memory, 2 killed (a limit above it or the host's memory; its own -, peak 1.0MiB)",
                "{'event':'oom-killed','cause':'unknown','oomKills':2,'limitBytes':null,'peakBytes':null}"
                        + "| out of memory, 2 killed (unknown whose limit; its own -, peak -)",
                "{'event':'limitation','message':'memory limit reached'} | ends: memory limit reached",
                "{'event':'exited','exit':{'code':3}} | exited, exit code 3",
                "{'event':'exited','exit':{'signal':9}} | exited, signal 9",
                "{'event':'exited','exit':null} | exited, nobody knows how",
                "{'event':'ended','exit':{'code':0},'reason':'EXITED','wallSeconds':1.5}"
                        + "| gone, exited, exit code 0, after 1.50 s",
                "{'event':'ended','exit':null,'reason':null,'wallSeconds':null} | gone, its launch failed",
                "{'event':'of-the-future'} | of-the-future",
            })
    void of_kind_isTold(String event, String text) throws Exception {
        String json =
                event.strip().replace("host's", "host~s").replace('\'', '"').replace('~', '\'');

        String line = EventText.of(
                new ObjectMapper().readTree("{\"at\":\"2026-01-01T00:00:00Z\",\"id\":\"web\"," + json.substring(1)));

        assertThat(line).isEqualTo("2026-01-01T00:00:00Z  web  " + text.strip());
    }

    @Test
    void of_gap_saysSo() throws Exception {
        assertThat(EventText.of(new ObjectMapper().readTree("{\"event\":\"missed\",\"count\":1}")))
                .startsWith("1 events were missed here");
    }
}
