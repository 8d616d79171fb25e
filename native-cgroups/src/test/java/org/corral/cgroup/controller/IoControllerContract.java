package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.corral.core.IoThrottle;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.unit.Maximum;
import org.corral.core.usage.IoUsage;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;

/** What the io controller does on either version. */
abstract class IoControllerContract {

    static final DeviceNumber SDA = new DeviceNumber(8, 0);
    static final DeviceNumber SDB = new DeviceNumber(8, 16);

    final FakeControlFiles files = newCgroup();
    final IoController io = IoController.of(files);

    abstract FakeControlFiles newCgroup();

    abstract String weightFile();

    abstract String bfqWeightFile();

    /** {@return the file that the rate of bytes read is in} */
    abstract String readBytesFile();

    static IoThrottle readBytes(long rate) {
        return IoThrottle.ofReadBytes(Maximum.of(rate));
    }

    @Test
    void setWeight_noFileForIt_isUnsupportedWithBothNames() throws Exception {
        FakeControlFiles bare = FakeControlFiles.of(files.version());

        assertThat(IoController.of(bare).setWeight(200))
                .singleElement()
                .isInstanceOfSatisfying(KnobOutcome.Unsupported.class, outcome -> assertThat(outcome.reason())
                        .contains(weightFile(), bfqWeightFile()));
        assertThat(IoController.of(bare).weight()).isEmpty();
    }

    @Test
    void setWeight_bfqAlone_isClampedToItsScale() throws Exception {
        FakeControlFiles bfq = FakeControlFiles.of(files.version()).with(bfqWeightFile(), "100");

        assertThat(IoController.of(bfq).setWeight(200)).allMatch(KnobOutcome::isApplied);
        assertThat(bfq.text(bfqWeightFile())).isEqualTo("200");
        IoController.of(bfq).setWeight(5000);
        assertThat(bfq.text(bfqWeightFile())).isEqualTo("1000");
        assertThat(IoController.of(bfq).weight()).hasValue(1000);
    }

    @Test
    void setWeight_sameAgain_isUnchanged() throws Exception {
        io.setWeight(200);

        assertThat(io.setWeight(200)).allMatch(outcome -> outcome instanceof KnobOutcome.Unchanged);
    }

    @Test
    void setWeight_refused_isRefused() throws Exception {
        files.refuseWrite(weightFile(), Errno.ERANGE);

        assertThat(io.setWeight(200)).anyMatch(outcome -> outcome.isRefusedWith(Errno.ERANGE));
    }

    @Test
    void weight_damagedFile_failsAndQuotesIt() {
        files.with(weightFile(), "default");

        assertThatThrownBy(io::weight)
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessageContaining(weightFile() + ": line 'default'");
    }

    @Test
    void setThrottle_nothing_writesNothing() throws Exception {
        assertThat(io.setThrottle(SDA, IoThrottle.NONE)).isEmpty();
        assertThat(files.writes()).isEmpty();
    }

    @Test
    void setThrottle_setChangedAndLifted_isInTheFile() throws Exception {
        assertThat(io.setThrottle(SDA, readBytes(1000))).allMatch(outcome -> outcome instanceof KnobOutcome.Written);
        assertThat(io.setThrottle(SDA, readBytes(1000))).allMatch(outcome -> outcome instanceof KnobOutcome.Unchanged);
        assertThat(io.setThrottle(SDB, readBytes(7))).allMatch(KnobOutcome::isApplied);
        assertThat(io.setThrottle(SDA, readBytes(2000))).allMatch(KnobOutcome::isApplied);
        assertThat(files.text(readBytesFile())).contains("8:0 ", "2000", "8:16 ", "7");

        assertThat(io.setThrottle(SDA, IoThrottle.ofReadBytes(Maximum.NONE))).allMatch(KnobOutcome::isApplied);
        assertThat(files.text(readBytesFile())).contains("8:16 ").doesNotContain("8:0 ");
    }

    @Test
    void setThrottle_liftedWhereThereIsNone_isUnchanged() throws Exception {
        assertThat(io.setThrottle(SDA, IoThrottle.ofReadBytes(Maximum.NONE)))
                .allMatch(outcome -> outcome instanceof KnobOutcome.Unchanged);
    }

    @Test
    void setThrottle_noSuchDevice_isRefusedAndNoGoneCgroup() throws Exception {
        files.refuseWrite(readBytesFile(), Errno.ENODEV);

        assertThat(io.setThrottle(SDA, readBytes(1000)))
                .singleElement()
                .matches(outcome -> outcome.isRefusedWith(Errno.ENODEV))
                .isInstanceOfSatisfying(KnobOutcome.Refused.class, refused -> assertThat(refused.message())
                        .contains("8:0 ", "ENODEV"));
    }

    @Test
    void setThrottle_kernelKeepsAnotherRate_isClamped() throws Exception {
        files.onWrite(readBytesFile(), value -> "");

        assertThat(io.setThrottle(SDA, readBytes(1000))).allMatch(outcome -> outcome instanceof KnobOutcome.Clamped);
    }

    @Test
    void setThrottle_kernelWithoutThrottling_isUnsupported() throws Exception {
        FakeControlFiles bare = FakeControlFiles.of(files.version());

        assertThat(IoController.of(bare).setThrottle(SDA, readBytes(1)))
                .allMatch(outcome -> outcome instanceof KnobOutcome.Unsupported);
    }

    @Test
    void usage_noFiles_isAbsent() throws Exception {
        assertThat(IoController.of(FakeControlFiles.of(files.version())).usage())
                .isEmpty();
    }

    @Test
    void everything_cgroupGone_throws() {
        files.goAway();

        assertThatThrownBy(() -> io.setWeight(100)).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(() -> io.setThrottle(SDA, readBytes(1))).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(io::weight).isInstanceOf(ErrnoException.class);
        assertThatThrownBy(io::usage).isInstanceOf(ErrnoException.class);
    }

    static IoUsage.Counts counts(long... values) {
        List<OptionalLong> all = Arrays.stream(values)
                .mapToObj(value -> value < 0 ? OptionalLong.empty() : OptionalLong.of(value))
                .toList();
        return new IoUsage.Counts(all.get(0), all.get(1), all.get(2), all.get(3));
    }
}
