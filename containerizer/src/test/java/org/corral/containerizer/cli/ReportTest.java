package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.ExitStatus;
import org.corral.core.Limitation;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.usage.ContainerUsage;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Report FULL =
            new Report(List.of("sh", "-c", "echo \"hi\""), List.of("cgroups/cpu", "cgroups/mem"), Samples.limited());

    private static final String FULL_TEXT =
            """
            {
              "id" : "web-1",
              "argv" : [ "sh", "-c", "echo \\"hi\\"" ],
              "isolation" : [ "cgroups/cpu", "cgroups/mem" ],
              "exit" : {
                "signal" : 9
              },
              "reason" : "LIMITATION",
              "limitation" : {
                "resource" : "mem",
                "limitBytes" : 134217728,
                "peakBytes" : 67108864,
                "message" : "memory limit reached"
              },
              "wallSeconds" : 2.5,
              "cpu" : {
                "userSeconds" : 1.5,
                "systemSeconds" : 0.25,
                "throttledSeconds" : 1.234568,
                "periods" : 20,
                "throttledPeriods" : 7
              },
              "memory" : {
                "peakBytes" : 67108864,
                "limitBytes" : 134217728,
                "oomKills" : 1
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
              }
            }
            """;

    @Test
    void text_everythingKnown_allOfIt() throws IOException {
        assertThat(FULL.text()).isEqualTo(FULL_TEXT);
    }

    @Test
    void text_nothingMeasured_sameKeysWithNull() throws IOException {
        Termination end = Samples.ended(TerminationReason.EXITED, new ExitStatus.Exited(0));
        assertThat(new Report(List.of("true"), List.of("posix/cpu"), end).text())
                .isEqualTo(
                        """
                        {
                          "id" : "web-1",
                          "argv" : [ "true" ],
                          "isolation" : [ "posix/cpu" ],
                          "exit" : {
                            "code" : 0
                          },
                          "reason" : "EXITED",
                          "limitation" : null,
                          "wallSeconds" : 1,
                          "cpu" : {
                            "userSeconds" : null,
                            "systemSeconds" : null,
                            "throttledSeconds" : null,
                            "periods" : null,
                            "throttledPeriods" : null
                          },
                          "memory" : {
                            "peakBytes" : null,
                            "limitBytes" : null,
                            "oomKills" : null
                          },
                          "disk" : {
                            "usedBytes" : null,
                            "limitBytes" : null
                          },
                          "io" : {
                            "readBytes" : null,
                            "writeBytes" : null,
                            "reads" : null,
                            "writes" : null,
                            "devices" : [ ]
                          },
                          "hugetlb" : [ ],
                          "pressure" : {
                            "low" : null,
                            "medium" : null,
                            "critical" : null
                          }
                        }
                        """);
    }

    @Test
    void text_exitUnknownAndLimitNotInBytes_null() throws IOException {
        Limitation pids = new Limitation("pids", OptionalLong.of(5), OptionalLong.of(5), "too many");
        Termination end = new Termination(
                Samples.ID,
                TerminationReason.LIMITATION,
                Optional.empty(),
                List.of(pids),
                ContainerUsage.nothing(Samples.AT),
                Duration.ZERO);
        assertThat(new Report(List.of("true"), List.of(), end).text())
                .contains("\"exit\" : null", "\"limitBytes\" : null", "\"resource\" : \"pids\"");
    }
}
