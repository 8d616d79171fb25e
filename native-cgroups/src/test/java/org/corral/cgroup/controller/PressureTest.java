package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.testing.FakeControlFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PressureTest {

    private static final String SOME = "some avg10=1.50 avg60=0.25 avg300=0.00 total=2000001\n";
    private static final Pressure.Stall STALL =
            new Pressure.Stall(1.5, 0.25, 0, Duration.ofSeconds(2).plusNanos(1000));

    private final FakeControlFiles files = FakeControlFiles.of(CgroupVersion.V2);

    @Test
    void parse_bothLines_areRead() throws Exception {
        Pressure pressure = Pressure.parse("io.pressure", SOME + "full avg10=0.00 avg60=0.00 avg300=0.00 total=0");

        assertThat(pressure.some()).contains(STALL);
        assertThat(pressure.full()).contains(new Pressure.Stall(0, 0, 0, Duration.ZERO));
    }

    @Test
    void parse_noFullLine_isAbsent() throws Exception {
        assertThat(Pressure.parse("cpu.pressure", SOME)).isEqualTo(new Pressure(Optional.of(STALL), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"some", "some avg10=0.00 avg60=0.00 avg300=0.00", "some avg10=x avg60=0 avg300=0 total=0"})
    void parse_lineCutShort_failsAndNamesIt(String text) {
        assertThatThrownBy(() -> Pressure.parse("cpu.pressure", text))
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessageStartingWith("cpu.pressure: line 'some {");
    }

    /** What Java takes for a number and the kernel does not print. */
    @ParameterizedTest
    @ValueSource(strings = {"avg10=NaN", "avg10=-1.00", "avg10=1e3", "avg10=0x1p3", "avg10=1d", "total=-1", "total=+1"})
    void parse_numberThatIsNotTheKernels_fails(String value) {
        String key = value.substring(0, value.indexOf('=') + 1);

        assertThatThrownBy(() -> Pressure.parse("cpu.pressure", SOME.replaceFirst(key + "[0-9.]+", value)))
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessageContaining(value);
    }

    @Test
    void parse_totalTooLargeForALong_isTheLargest() throws Exception {
        String text = SOME.replace("2000001", "18446744073709551615");

        assertThat(Pressure.parse("cpu.pressure", text).some().orElseThrow().total())
                .isEqualTo(Duration.of(Long.MAX_VALUE, ChronoUnit.MICROS));
    }

    @Test
    void read_eachResource_hasItsFile() throws Exception {
        files.with("cpu.pressure", SOME).with("memory.pressure", "").refuseRead("cpu.pressure", Errno.EOPNOTSUPP);

        assertThat(new PressureFiles(files).cpu()).isEmpty();
        assertThat(new PressureFiles(files).memory()).contains(new Pressure(Optional.empty(), Optional.empty()));
        assertThat(new PressureFiles(files).io()).isEmpty();
    }

    @Test
    void read_cpuAndIo_areNotMistakenForEachOther() throws Exception {
        files.with("cpu.pressure", SOME).with("io.pressure", "");

        assertThat(new PressureFiles(files).cpu()).contains(Pressure.parse("cpu.pressure", SOME));
        assertThat(new PressureFiles(files).io()).contains(new Pressure(Optional.empty(), Optional.empty()));
    }

    @Test
    void read_cgroupGone_throws() {
        files.goAway();

        assertThatThrownBy(() -> new PressureFiles(files).cpu()).isInstanceOf(ErrnoException.class);
    }
}
