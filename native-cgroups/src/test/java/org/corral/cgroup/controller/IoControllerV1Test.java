package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.IoThrottle;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.unit.Maximum;
import org.corral.core.usage.IoUsage;
import org.corral.linux.errno.Errno;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;

class IoControllerV1Test extends IoControllerContract {

    private static final String THROTTLE = "blkio.throttle.";

    private static final IoThrottle ALL = IoThrottle.ofReadBytes(Maximum.of(1))
            .orElse(IoThrottle.ofWriteBytes(Maximum.of(2)))
            .orElse(IoThrottle.ofReads(Maximum.of(3)))
            .orElse(IoThrottle.ofWrites(Maximum.of(4)));

    /** Read on Linux 6.18. */
    private static final String BYTES =
            """
            254:0 Read 122880
            254:0 Write 524288
            254:0 Sync 909312
            254:0 Async 0
            254:0 Discard 262144
            254:0 Total 909312
            7:0 Read 2359296
            7:0 Write 0
            7:0 Total 2359296
            Total 3268608""";

    private static final String OPERATIONS =
            """
            254:0 Read 10
            254:0 Write 128
            254:0 Total 140
            Total 140""";

    @Override
    FakeControlFiles newCgroup() {
        return FakeControlFiles.of(CgroupVersion.V1)
                .with("blkio.weight", "500")
                .with(THROTTLE + "read_bps_device", "")
                .with(THROTTLE + "write_bps_device", "")
                .with(THROTTLE + "read_iops_device", "")
                .with(THROTTLE + "write_iops_device", "");
    }

    @Override
    String weightFile() {
        return "blkio.weight";
    }

    @Override
    String bfqWeightFile() {
        return "blkio.bfq.weight";
    }

    @Override
    String readBytesFile() {
        return THROTTLE + "read_bps_device";
    }

    @Test
    void setWeight_bothSchedulers_eachHasItsScale() throws Exception {
        files.with("blkio.bfq.weight", "100");

        assertThat(io.setWeight(150)).hasSize(2).allMatch(KnobOutcome::isApplied);
        assertThat(files.writes()).containsExactly("blkio.weight=750", "blkio.bfq.weight=150");
        assertThat(io.weight()).hasValue(750);
    }

    @Test
    void setThrottle_allRates_areInAFileEach() throws Exception {
        assertThat(io.setThrottle(SDB, ALL)).hasSize(4).allMatch(KnobOutcome::isApplied);
        assertThat(files.writes())
                .containsExactly(
                        THROTTLE + "read_bps_device=8:16 1",
                        THROTTLE + "write_bps_device=8:16 2",
                        THROTTLE + "read_iops_device=8:16 3",
                        THROTTLE + "write_iops_device=8:16 4");
    }

    @Test
    void setThrottle_lifted_isZero() throws Exception {
        io.setThrottle(SDA, readBytes(5));
        io.setThrottle(SDA, IoThrottle.ofReadBytes(Maximum.NONE));

        assertThat(files.writes()).last().isEqualTo(THROTTLE + "read_bps_device=8:0 0");
    }

    @Test
    void setThrottle_refused_leavesTheRest() throws Exception {
        files.refuseWrite(THROTTLE + "write_bps_device", Errno.EINVAL);

        assertThat(io.setThrottle(SDA, ALL)).hasSize(2);
        assertThat(files.writes()).containsExactly(THROTTLE + "read_bps_device=8:0 1");
    }

    @Test
    void usage_recursiveFiles_arePreferred() throws Exception {
        files.with(THROTTLE + "io_service_bytes_recursive", BYTES)
                .with(THROTTLE + "io_serviced_recursive", OPERATIONS)
                .with(THROTTLE + "io_service_bytes", "Total 0")
                .with(THROTTLE + "io_serviced", "Total 0");

        IoUsage usage = io.usage().orElseThrow();

        assertThat(usage.devices())
                .containsExactly(
                        Map.entry(new DeviceNumber(7, 0), counts(2359296, 0, -1, -1)),
                        Map.entry(new DeviceNumber(254, 0), counts(122880, 524288, 10, 128)));
        assertThat(usage.total()).isEqualTo(counts(2482176, 524288, 10, 128));
    }

    @Test
    void usage_olderKernel_readsThePlainFiles() throws Exception {
        files.with(THROTTLE + "io_service_bytes", BYTES).with(THROTTLE + "io_serviced", OPERATIONS);

        assertThat(io.usage().orElseThrow().total()).isEqualTo(counts(2482176, 524288, 10, 128));
    }

    @Test
    void usage_noDeviceIsCounted_isUnknownAndNotZero() throws Exception {
        files.with(THROTTLE + "io_service_bytes", "Total 0").with(THROTTLE + "io_serviced", "Total 0");

        assertThat(io.usage()).map(IoUsage::total).isEqualTo(Optional.of(IoUsage.Counts.UNKNOWN));
    }

    @Test
    void usage_wordsOfOtherKernels_arePassedOver() throws Exception {
        files.with(
                THROTTLE + "io_service_bytes",
                "8:0 Read 1\n8:0 Teleport 9\n8:0\n8:0 Write many\nsda Read 5\n8:0 Write 2 3\n99999:1 Read 4\n4096:1 Read 4\n\nTotal");

        assertThat(io.usage()).map(IoUsage::total).isEqualTo(Optional.of(counts(1, -1, -1, -1)));
    }
}
