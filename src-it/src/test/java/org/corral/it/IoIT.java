package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.IoLimits;
import org.corral.core.IoThrottle;
import org.corral.core.LaunchException;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.unit.Maximum;
import org.corral.core.usage.IoUsage;
import org.corral.it.conformance.MesosBehaviour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Shares and limits of block devices, on a disk of the test's own. */
@ExtendWith(LeakCheck.class)
@Requires({Need.ROOT, Need.GATE, Need.PIDFD, Need.IO, Need.LOOP_DEVICE})
class IoIT {

    private static final int KIBIBYTE = 1 << 10;

    private Host host;
    private LoopDevice disk;

    @BeforeEach
    void open(TestRoot root) throws IOException {
        host = Host.open(root);
        disk = LoopDevice.of(host.scratch("disk"));
    }

    @AfterEach
    void close() throws Exception {
        try {
            disk.close();
        } finally {
            host.close();
        }
    }

    private static Resources io(IoLimits limits) {
        return Resources.NONE.withIo(limits);
    }

    private Resources throttle(IoThrottle throttle) throws IOException {
        return io(IoLimits.NONE.with(disk.number(), throttle));
    }

    private static Maximum kibibytes(long count) {
        return Maximum.of(count * KIBIBYTE);
    }

    /** The disk's line in a file, empty if there is none. */
    private String line(ContainerId id, String onV1) throws IOException {
        Path file = host.cgroup(id, "blkio").resolve(CgroupMount.of("blkio").isV2() ? "io.max" : onV1);
        String start = disk.number() + " ";
        return Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst()
                .orElse("");
    }

    private static String either(String onV1, String onV2) throws IOException {
        return CgroupMount.of("blkio").isV2() ? onV2 : onV1;
    }

    @Test
    void launch_throttles_areInTheControlFilesUntilLifted() throws Exception {
        IoThrottle throttle = IoThrottle.ofReadBytes(kibibytes(512)).orElse(IoThrottle.ofWrites(Maximum.of(70)));
        ContainerId id = host.launch("throttled", Host.command("sleep", "1000").resources(throttle(throttle)));
        assertThat(line(id, "blkio.throttle.read_bps_device"))
                .isEqualTo(either("524288", "rbps=524288 wbps=max riops=max wiops=70"));
        assertThat(line(id, "blkio.throttle.write_iops_device"))
                .isEqualTo(either("70", "rbps=524288 wbps=max riops=max wiops=70"));

        host.containers().update(id, throttle(IoThrottle.ofReads(Maximum.of(80))));
        assertThat(line(id, "blkio.throttle.read_iops_device"))
                .isEqualTo(either("80", "rbps=524288 wbps=max riops=80 wiops=70"));

        host.containers().update(id, throttle(IoThrottle.ofReadBytes(Maximum.NONE)));
        assertThat(line(id, "blkio.throttle.read_bps_device"))
                .isEqualTo(either("", "rbps=max wbps=max riops=80 wiops=70"));
        host.containers().update(id, throttle(IoThrottle.ofWriteBytes(kibibytes(1))));
        assertThat(line(id, "blkio.throttle.write_bps_device"))
                .isEqualTo(either("1024", "rbps=max wbps=1024 riops=80 wiops=70"));
    }

    /** Twice the rate is what the kernel may let through at the begin. */
    @Test
    @MesosBehaviour(87)
    void readThrottle_readingMore_takesAsLongAsTheRateAllows() throws Exception {
        Termination termination = host.run(
                "reader", Host.command(disk.read(1024)).resources(throttle(IoThrottle.ofReadBytes(kibibytes(512)))));
        assertThat(termination.status()).hasValue(new ExitStatus.Exited(0));
        double perSecond = 1024.0 * KIBIBYTE / termination.wall().toMillis() * 1000;
        assertThat(perSecond).isLessThan(2 * 512.0 * KIBIBYTE);
        IoUsage usage = termination.usage().io().orElseThrow();
        assertThat(usage.devices()).hasEntrySatisfying(disk.number(), counts -> {
            assertThat(counts.readBytes()).hasValue(1024 * KIBIBYTE);
            assertThat(counts.reads()).hasValue(256);
        });
        assertThat(usage.total().readBytes().orElseThrow()).isGreaterThanOrEqualTo(1024 * KIBIBYTE);
    }

    @Test
    @Requires(Need.V2_IO)
    void usage_noThrottle_isCountedOnV2() throws Exception {
        Termination termination = host.run("reader", Host.command(disk.read(64)));
        IoUsage usage = termination.usage().io().orElseThrow();
        assertThat(usage.devices()).hasEntrySatisfying(disk.number(), counts -> assertThat(counts.readBytes())
                .hasValue(64 * KIBIBYTE));
    }

    @Test
    void launch_weight_isInEachFileThatThereIs() throws Exception {
        ContainerId id =
                host.launch("weighted", Host.command("sleep", "1000").resources(io(IoLimits.NONE.withWeight(250))));
        Path cgroup = host.cgroup(id, "blkio");
        List<String> found = List.of("blkio.bfq.weight", "io.weight", "io.bfq.weight").stream()
                .map(cgroup::resolve)
                .filter(Files::exists)
                .map(IoIT::firstLine)
                .toList();
        assertThat(found).isNotEmpty().allMatch(line -> line.matches("(default )?250"));
    }

    private static String firstLine(Path file) {
        try {
            return Files.readAllLines(file).get(0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void launch_diskThatIsNotThere_failsNamingIt() {
        IoLimits limits = IoLimits.NONE.with(new DeviceNumber(4000, 77), IoThrottle.ofReads(Maximum.of(1)));
        assertThatThrownBy(() -> host.launch("lost", Host.command("true").resources(io(limits))))
                .isInstanceOf(LaunchException.class)
                .hasStackTraceContaining("4000:77")
                .hasStackTraceContaining("ENODEV");
        assertThat(host.containers().containers()).isEmpty();
    }

    @Test
    void recover_checkpoint_hasTheThrottles() throws Exception {
        Resources wanted = throttle(IoThrottle.ofReads(Maximum.of(80)));
        ContainerId id = host.launch("known", Host.command("sleep", "1000").resources(wanted));
        assertThat(host.corral().list())
                .filteredOn(checkpoint -> checkpoint.id().equals(id))
                .singleElement()
                .satisfies(checkpoint -> assertThat(checkpoint.resources()).isEqualTo(wanted));
        assertThat(host.containers().usage(id).io()).isPresent();
    }
}
