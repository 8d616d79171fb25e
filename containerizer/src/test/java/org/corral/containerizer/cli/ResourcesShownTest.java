package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Optional;
import org.corral.containerizer.json.Json;
import org.corral.core.Cpuset;
import org.corral.core.HugetlbLimits;
import org.corral.core.IoLimits;
import org.corral.core.IoThrottle;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.unit.IdList;
import org.corral.core.unit.Maximum;
import org.junit.jupiter.api.Test;

class ResourcesShownTest {

    private static final Resources ALL = Resources.builder()
            .cpus(CpuAmount.parse("0.5"))
            .cpuLimit(CpuAmount.parse("2"))
            .cpuset(new Cpuset(Optional.of(IdList.parse("0-3")), Optional.of(IdList.parse("0"))))
            .memory(DataSize.ofMebibytes(64))
            .memoryRequest(DataSize.ofMebibytes(32))
            .memoryAndSwap(Maximum.NONE)
            .pids(10)
            .disk(DataSize.parse("1G"))
            .io(IoLimits.NONE
                    .withWeight(200)
                    .with(new DeviceNumber(8, 0), IoThrottle.ofReadBytes(Maximum.of(DataSize.ofMebibytes(10))))
                    .with(new DeviceNumber(8, 0), IoThrottle.ofWriteBytes(Maximum.NONE))
                    .with(new DeviceNumber(8, 0), IoThrottle.ofReads(Maximum.of(100)))
                    .with(new DeviceNumber(8, 0), IoThrottle.ofWrites(Maximum.of(50))))
            .hugetlb(HugetlbLimits.NONE.with(DataSize.ofMebibytes(2), Maximum.of(DataSize.ofMebibytes(64))))
            .build();

    @Test
    void text_everyKnob_byTheNameOfItsOption() {
        assertThat(ResourcesShown.text(ALL))
                .isEqualTo(
                        "cpus=0.5 cpu-limit=2 cpuset-cpus=0-3 cpuset-mems=0 mem=64MiB mem-request=32MiB memory-swap=max"
                                + " pids=10 io-weight=200 device-read-bps=8:0:10MiB device-write-bps=8:0:max"
                                + " device-read-iops=8:0:100 device-write-iops=8:0:50 disk=1GiB hugetlb=2MiB=64MiB");
        assertThat(ResourcesShown.text(Resources.NONE)).isEqualTo("-");
    }

    @Test
    void json_everyKnob_noLimitIsNull() throws IOException {
        assertThat(Json.text(json -> json.object(fields -> ResourcesShown.json(fields, ALL))))
                .isEqualTo(
                        """
                        {
                          "cpus" : 0.5,
                          "cpuLimit" : 2,
                          "cpusetCpus" : "0-3",
                          "cpusetMems" : "0",
                          "memoryBytes" : 67108864,
                          "memoryRequestBytes" : 33554432,
                          "memoryAndSwapBytes" : null,
                          "pids" : 10,
                          "diskBytes" : 1073741824,
                          "io" : {
                            "weight" : 200,
                            "devices" : [ {
                              "device" : "8:0",
                              "readBytesPerSecond" : 10485760,
                              "writeBytesPerSecond" : null,
                              "readsPerSecond" : 100,
                              "writesPerSecond" : 50
                            } ]
                          },
                          "hugetlb" : [ {
                            "pageBytes" : 2097152,
                            "limitBytes" : 67108864
                          } ]
                        }
                        """);
    }
}
