package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.core.ContainerId;
import org.corral.core.IoLimits;
import org.corral.core.IoThrottle;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.UnknownContainerException;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.unit.Maximum;
import org.corral.linux.errno.Errno;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CgroupsBlkioTest {

    private static final DeviceNumber SDA = new DeviceNumber(8, 0);
    private static final DeviceNumber SDB = new DeviceNumber(8, 16);

    @TempDir
    Path root;

    private OneController host(CgroupVersion version) throws IOException {
        return new OneController(root, version, Controller.IO);
    }

    private static Resources io(IoLimits limits) {
        return Resources.NONE.withIo(limits);
    }

    private static String readBytesFile(CgroupVersion version) {
        return version == CgroupVersion.V1 ? "blkio.throttle.read_bps_device" : "io.max";
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void prepare_weightAndThrottles_areInTheFiles(CgroupVersion version) throws Exception {
        OneController host = host(version);
        CgroupsBlkio blkio = new CgroupsBlkio(host.cgroups());
        IoLimits limits = IoLimits.NONE
                .withWeight(200)
                .with(SDA, IoThrottle.ofReadBytes(Maximum.of(1000)))
                .with(SDB, IoThrottle.ofReadBytes(Maximum.of(2000)));

        blkio.prepare(
                OneController.ID,
                LaunchRequest.builder(List.of("x")).resources(io(limits)).build());

        assertThat(host.file("blkio.weight", "io.weight")).isEqualTo(version == CgroupVersion.V1 ? "1000" : "200");
        assertThat(host.cgroup().file(readBytesFile(version)).lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("8:0 ") && line.contains("1000"))
                .anyMatch(line -> line.startsWith("8:16 ") && line.contains("2000"));
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void update_rateLifted_isGone(CgroupVersion version) throws Exception {
        OneController host = host(version);
        CgroupsBlkio blkio = new CgroupsBlkio(host.cgroups());
        blkio.update(OneController.ID, io(IoLimits.NONE.with(SDA, IoThrottle.ofReadBytes(Maximum.of(1000)))));

        blkio.update(OneController.ID, io(IoLimits.NONE.with(SDA, IoThrottle.ofReadBytes(Maximum.NONE))));

        assertThat(host.cgroup().file(readBytesFile(version))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void update_nothingAskedFor_writesNothing(CgroupVersion version) throws Exception {
        OneController host = host(version);
        host.kernel().calls().clear();

        new CgroupsBlkio(host.cgroups()).update(OneController.ID, Resources.NONE);

        assertThat(host.kernel().calls().recorded("write")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void update_newDeviceThatIsNotThere_namesFileAndValue(CgroupVersion version) throws Exception {
        OneController host = host(version);
        host.kernel().calls().failNext("write", readBytesFile(version), Errno.ENODEV);
        Resources wanted = io(IoLimits.NONE.with(SDA, IoThrottle.ofReadBytes(Maximum.of(1000))));

        assertThatThrownBy(() -> new CgroupsBlkio(host.cgroups()).update(OneController.ID, wanted))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(readBytesFile(version), "8:0 ", "1000", "ENODEV");
    }

    private static Resources twoDisks(long rate) {
        return io(IoLimits.NONE
                .withWeight(200)
                .with(SDA, IoThrottle.ofReadBytes(Maximum.of(rate)))
                .with(SDB, IoThrottle.ofReadBytes(Maximum.of(rate))));
    }

    private static void unplug(OneController host, CgroupVersion version, DeviceNumber disk) {
        host.cgroup()
                .file(
                        readBytesFile(version),
                        host.cgroup()
                                .file(readBytesFile(version))
                                .lines()
                                .filter(line -> !line.startsWith(disk + " "))
                                .collect(Collectors.joining("\n")));
        host.kernel().calls().failNext("write", ", \"" + disk + " ", Errno.ENODEV, Integer.MAX_VALUE);
    }

    private static void assertOnlyThe(OneController host, CgroupVersion version, DeviceNumber disk, String rate) {
        assertThat(host.cgroup().file(readBytesFile(version)).lines())
                .singleElement()
                .asString()
                .startsWith(disk + " ")
                .contains(rate);
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void update_diskUnplugged_theRestIsWritten(CgroupVersion version) throws Exception {
        OneController host = host(version);
        CgroupsBlkio blkio = new CgroupsBlkio(host.cgroups());
        blkio.update(OneController.ID, twoDisks(1000));
        unplug(host, version, SDA);

        blkio.update(OneController.ID, twoDisks(3000));
        blkio.update(OneController.ID, twoDisks(4000));

        assertOnlyThe(host, version, SDB, "4000");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void update_diskOfARecoveredContainerUnplugged_theRestIsWritten(CgroupVersion version) throws Exception {
        OneController host = host(version);
        CgroupsBlkio blkio = new CgroupsBlkio(host.cgroups());
        blkio.recover(new RecoveredContainer(OneController.ID, OptionalInt.empty(), twoDisks(1000)));
        unplug(host, version, SDA);

        blkio.update(OneController.ID, twoDisks(3000));

        assertOnlyThe(host, version, SDB, "3000");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void update_diskPluggedInAgain_hasItsRate(CgroupVersion version) throws Exception {
        OneController host = host(version);
        CgroupsBlkio blkio = new CgroupsBlkio(host.cgroups());
        blkio.update(OneController.ID, twoDisks(1000));
        unplug(host, version, SDA);
        blkio.update(OneController.ID, twoDisks(3000));
        host.kernel().calls().failNoMore();

        blkio.update(OneController.ID, twoDisks(3000));

        assertThat(host.cgroup().file(readBytesFile(version)).lines())
                .hasSize(2)
                .allMatch(line -> line.contains("3000"));
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void update_knownDiskRefusedOtherwise_isAFailure(CgroupVersion version) throws Exception {
        OneController host = host(version);
        CgroupsBlkio blkio = new CgroupsBlkio(host.cgroups());
        blkio.update(OneController.ID, twoDisks(1000));
        host.kernel().calls().failNext("write", ", \"" + SDA + " ", Errno.EINVAL);

        assertThatThrownBy(() -> blkio.update(OneController.ID, twoDisks(3000)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("EINVAL");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void prepare_anotherContainerOfThatNameAfterwards_knowsNoDisk(CgroupVersion version) throws Exception {
        OneController host = host(version);
        CgroupsBlkio blkio = new CgroupsBlkio(host.cgroups());
        blkio.update(OneController.ID, twoDisks(1000));
        blkio.cleanup(OneController.ID);
        unplug(host, version, SDA);

        assertThatThrownBy(() -> blkio.prepare(
                        OneController.ID,
                        LaunchRequest.builder(List.of("x"))
                                .resources(twoDisks(1000))
                                .build()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ENODEV");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void update_kernelWithoutWeights_isAFailure(CgroupVersion version) throws Exception {
        OneController host = host(version);
        host.cgroup().withoutFile("blkio.weight");
        host.cgroup().withoutFile("io.weight");

        assertThatThrownBy(() ->
                        new CgroupsBlkio(host.cgroups()).update(OneController.ID, io(IoLimits.NONE.withWeight(10))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("built without weights");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void usage_counted_isRead(CgroupVersion version) throws Exception {
        OneController host = host(version);
        host.cgroup()
                .file(
                        version == CgroupVersion.V1 ? "blkio.throttle.io_service_bytes" : "io.stat",
                        version == CgroupVersion.V1 ? "8:0 Read 4096" : "8:0 rbytes=4096");

        assertThat(new CgroupsBlkio(host.cgroups()).usage(OneController.ID).io())
                .hasValueSatisfying(io -> assertThat(io.total().readBytes()).hasValue(4096));
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void usage_notCounted_isAbsentWithTheReason(CgroupVersion version) throws Exception {
        OneController host = host(version);
        List.of("blkio.throttle.io_service_bytes", "blkio.throttle.io_serviced", "io.stat")
                .forEach(host.cgroup()::withoutFile);

        assertThat(new CgroupsBlkio(host.cgroups()).usage(OneController.ID).absent())
                .containsKey("io");
    }

    @ParameterizedTest
    @EnumSource(CgroupVersion.class)
    void anyCall_unknownContainer_isUnknown(CgroupVersion version) throws Exception {
        CgroupsBlkio blkio = new CgroupsBlkio(host(version).cgroups());
        ContainerId unknown = ContainerId.of("unknown");

        assertThatThrownBy(() -> blkio.usage(unknown)).isInstanceOf(UnknownContainerException.class);
        assertThatThrownBy(() -> blkio.update(unknown, Resources.NONE)).isInstanceOf(UnknownContainerException.class);
        blkio.cleanup(unknown);
        assertThat(blkio.name()).isEqualTo("cgroups/blkio");
    }
}
