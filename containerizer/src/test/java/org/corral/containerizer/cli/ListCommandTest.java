package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.junit.jupiter.api.Test;

class ListCommandTest {

    private static final Observation RUNNING = observation(
            "web-1",
            Optional.of(new ProcessIdentity(101, 7)),
            Resources.NONE.withCpus(CpuAmount.parse("0.5")).withMemory(DataSize.ofMebibytes(64)),
            Observation.State.RUNNING,
            true);
    private static final Observation ABANDONED =
            observation("db", Optional.empty(), Resources.NONE, Observation.State.ABANDONED, false);

    private static Observation observation(
            String id, Optional<ProcessIdentity> init, Resources resources, Observation.State state, boolean owner) {
        Checkpoint checkpoint = new Checkpoint(
                Checkpoint.VERSION,
                ContainerId.of(id),
                "boot",
                new ProcessIdentity(100, 5),
                init,
                "/corral",
                List.of("cgroups/cpu"),
                resources,
                List.of("sh", "-c", "a\nb"),
                Optional.empty(),
                Samples.AT,
                false,
                Optional.empty());
        return new Observation(checkpoint, state, owner);
    }

    @Test
    void table_containers_aRowEach() {
        assertThat(ListCommand.table(List.of(RUNNING, ABANDONED), Samples.AT.plusSeconds(65)))
                .isEqualTo(
                        """
                        ID     STATE      PID  OWNER       ISOLATION    LIMITS              AGE   COMMAND
                        web-1  running    101  100         cgroups/cpu  cpus=0.5 mem=64MiB  1m5s  sh -c a b
                        db     abandoned  -    100 (gone)  cgroups/cpu  -                   1m5s  sh -c a b
                        """);
    }

    @Test
    void json_container_everyKeyInOrder() throws IOException {
        assertThat(ListCommand.json(List.of(RUNNING.withDetails(Map.of("net_cls.classid", "0x100001")))))
                .isEqualTo(
                        """
                        [ {
                          "id" : "web-1",
                          "argv" : [ "sh", "-c", "a\\nb" ],
                          "isolation" : [ "cgroups/cpu" ],
                          "state" : "running",
                          "pid" : 101,
                          "owner" : {
                            "pid" : 100,
                            "alive" : true
                          },
                          "root" : "/corral",
                          "launchedAt" : "2026-01-02T03:04:05Z",
                          "resources" : {
                            "cpus" : 0.5,
                            "cpuLimit" : null,
                            "cpusetCpus" : null,
                            "cpusetMems" : null,
                            "memoryBytes" : 67108864,
                            "memoryRequestBytes" : null,
                            "memoryAndSwapBytes" : null,
                            "pids" : null,
                            "diskBytes" : null,
                            "io" : {
                              "weight" : null,
                              "devices" : [ ]
                            },
                            "hugetlb" : [ ]
                          },
                          "details" : {
                            "net_cls.classid" : "0x100001"
                          }
                        } ]
                        """);
    }

    @Test
    void json_noContainer_emptyArray() throws IOException {
        assertThat(ListCommand.json(List.of())).isEqualTo("[ ]\n");
    }
}
