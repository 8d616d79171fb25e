package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.corral.core.ContainerId;
import org.corral.core.usage.ContainerUsage;
import org.junit.jupiter.api.Test;

class StatsCommandTest {

    private static final String JSON =
            """
            [ {
              "id" : "web-1",
              "cpu" : {
                "totalSeconds" : 1.75,
                "userSeconds" : 1.5,
                "systemSeconds" : 0.25,
                "throttledSeconds" : 1.234568,
                "periods" : 20,
                "throttledPeriods" : 7
              },
              "memory" : {
                "currentBytes" : 1048576,
                "peakBytes" : 67108864,
                "limitBytes" : 134217728,
                "oomKills" : 1
              },
              "pids" : {
                "current" : 3,
                "limit" : null
              },
              "disk" : {
                "usedBytes" : 4096,
                "limitBytes" : 8192
              },
              "io" : {
                "readBytes" : 3145728,
                "writeBytes" : 4096,
                "reads" : 12,
                "writes" : 1,
                "devices" : [ {
                  "device" : "8:0",
                  "readBytes" : 3145728,
                  "writeBytes" : 4096,
                  "reads" : 12,
                  "writes" : 1
                } ]
              },
              "hugetlb" : [ {
                "pageBytes" : 2097152,
                "currentBytes" : 2097152,
                "peakBytes" : null,
                "limitBytes" : 4194304,
                "failures" : 0
              } ],
              "pressure" : {
                "low" : 3,
                "medium" : 2,
                "critical" : 1
              },
              "absent" : {
                "cpu.stat" : "not in this kernel"
              }
            } ]
            """;

    @Test
    void table_knownAndUnknown_aRowEach() {
        Map<ContainerId, ContainerUsage> usages = new LinkedHashMap<>();
        usages.put(Samples.ID, Samples.usage(Samples.AT, Duration.ofMillis(1750)));
        usages.put(ContainerId.of("db"), ContainerUsage.nothing(Samples.AT));
        assertThat(StatsCommand.table(usages))
                .isEqualTo(
                        """
                        ID     CPU(s)  USER(s)  SYSTEM(s)  THROTTLED(s)  MEMORY  LIMIT     PEAK     PIDS  READ    WRITTEN  OOM KILLS
                        web-1  1.75    1.50     0.25       1.23          1.0MiB  128.0MiB  64.0MiB  3     3.0MiB  4.0KiB   1
                        db     -       -        -          -             -       -         -        -     -       -        -
                        """);
    }

    @Test
    void json_container_everyKeyInOrder() throws IOException {
        ContainerUsage usage =
                Samples.usage(Samples.AT, Duration.ofMillis(1750)).without("cpu.stat", "not in this kernel");
        assertThat(StatsCommand.json(Map.of(Samples.ID, usage))).isEqualTo(JSON);
    }
}
