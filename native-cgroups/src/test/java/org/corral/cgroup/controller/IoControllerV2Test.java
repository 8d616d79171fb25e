package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.IoThrottle;
import org.corral.core.unit.Maximum;
import org.corral.core.usage.IoUsage;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;

class IoControllerV2Test extends IoControllerContract {

    @Override
    FakeControlFiles newCgroup() {
        return FakeControlFiles.of(CgroupVersion.V2)
                .with("io.weight", "default 100\n8:0 50")
                .onWrite("io.weight", value -> "default " + value + "\n8:0 50")
                .with("io.max", "")
                .with("io.stat", "");
    }

    @Override
    String weightFile() {
        return "io.weight";
    }

    @Override
    String bfqWeightFile() {
        return "io.bfq.weight";
    }

    @Override
    String readBytesFile() {
        return "io.max";
    }

    @Test
    void setWeight_bothFiles_eachHasItsScale() throws Exception {
        files.with("io.bfq.weight", "default 100");

        assertThat(io.setWeight(5000)).hasSize(2).allMatch(KnobOutcome::isApplied);
        assertThat(files.writes()).containsExactly("io.weight=5000", "io.bfq.weight=1000");
        assertThat(io.weight()).hasValue(5000);
    }

    @Test
    void setThrottle_severalRates_areOneWrite() throws Exception {
        IoThrottle throttle = readBytes(1)
                .orElse(IoThrottle.ofWriteBytes(Maximum.NONE))
                .orElse(IoThrottle.ofReads(Maximum.of(3)))
                .orElse(IoThrottle.ofWrites(Maximum.of(4)));

        assertThat(io.setThrottle(SDA, throttle)).singleElement().isInstanceOf(KnobOutcome.Written.class);
        assertThat(files.writes()).containsExactly("io.max=8:0 rbps=1 wbps=max riops=3 wiops=4");
        assertThat(files.text("io.max")).isEqualTo("8:0 rbps=1 wbps=max riops=3 wiops=4");
    }

    @Test
    void setThrottle_oneRate_leavesTheOthers() throws Exception {
        io.setThrottle(SDA, IoThrottle.ofWrites(Maximum.of(9)));
        io.setThrottle(SDA, readBytes(5));

        assertThat(files.text("io.max")).isEqualTo("8:0 rbps=5 wbps=max riops=max wiops=9");
    }

    @Test
    void setThrottle_damagedFile_failsAndWritesNothing() {
        files.with("io.max", "8:0 rbps");

        assertThatThrownBy(() -> io.setThrottle(SDA, readBytes(5))).isInstanceOf(ControlFileFormatException.class);
        assertThat(files.writes()).isEmpty();
    }

    @Test
    void usage_nothingDone_isZero() throws Exception {
        assertThat(io.usage()).map(IoUsage::total).isEqualTo(Optional.of(IoUsage.Counts.ZERO));
    }

    @Test
    void usage_devices_areReadWithTheirSum() throws Exception {
        files.with(
                "io.stat",
                """
                8:16 rbytes=1459200 wbytes=314773504 rios=192 wios=353 dbytes=0 dios=0
                8:0 rbytes=90430464 wbytes=299008000 rios=8950 wios=1252 dbytes=50331648 dios=3021 cost.usage=9""");

        IoUsage usage = io.usage().orElseThrow();

        assertThat(usage.devices().get(SDA)).isEqualTo(counts(90430464, 299008000, 8950, 1252));
        assertThat(usage.devices().get(SDB)).isEqualTo(counts(1459200, 314773504, 192, 353));
        assertThat(usage.total()).isEqualTo(counts(91889664, 613781504, 9142, 1605));
    }

    /** Linux 5.12 to 5.15 leave out line ends after devices without numbers, others print them alone. */
    @Test
    void usage_devicesWithoutNumbers_arePassedOver() throws Exception {
        files.with("io.stat", "7:1 7:0 8:0 rbytes=4096 wbytes=x rios=1 unheard\n253:0 \n(unknown) rbytes=7\n8:16 =7");

        IoUsage usage = io.usage().orElseThrow();

        assertThat(usage.devices()).containsOnlyKeys(SDA);
        assertThat(usage.total().readBytes()).hasValue(4096);
    }

    @Test
    void usage_deviceThatNoKernelHas_isPassedOverWithItsCounts() throws Exception {
        files.with("io.stat", "8:0 rbytes=1\n4096:0 rbytes=2\n8:0 8:1048576 rbytes=4");

        assertThat(io.usage().orElseThrow().devices()).containsOnlyKeys(SDA);
        assertThat(io.usage().orElseThrow().total().readBytes()).hasValue(1);
    }
}
