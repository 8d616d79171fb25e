package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.corral.cgroup.controller.Pressure.Stall;
import org.corral.core.testing.Refusals;

/** Pressure stall information: no number in it can be what no time and no share of it is. */
class PressureFuzzTest {

    private static final Duration MICROSECOND = Duration.ofNanos(1000);

    @FuzzTest
    void parse_anyText_isSharesAndTimesOrRefused(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        Optional<Pressure> pressure =
                Refusals.accepted(() -> Pressure.parse("io.pressure", text), ControlFileFormatException.class);

        if (pressure.isPresent()) {
            Stream.of(pressure.get().some(), pressure.get().full())
                    .flatMap(Optional::stream)
                    .forEach(PressureFuzzTest::requireInRange);
            assertThat(Pressure.parse("io.pressure", written(pressure.get()))).isEqualTo(pressure.get());
        }
    }

    private static void requireInRange(Stall stall) {
        assertThat(Stream.of(stall.avg10(), stall.avg60(), stall.avg300()))
                .allMatch(average -> average >= 0 && average < 1e9);
        assertThat(stall.total().isNegative()).isFalse();
    }

    private static String written(Pressure pressure) {
        return pressure.some().map(stall -> "some" + written(stall)).orElse("")
                + pressure.full().map(stall -> "full" + written(stall)).orElse("");
    }

    private static String written(Stall stall) {
        long micros = stall.total().dividedBy(MICROSECOND);
        return " avg10=" + plain(stall.avg10()) + " avg60=" + plain(stall.avg60()) + " avg300=" + plain(stall.avg300())
                + " total=" + micros + "\n";
    }

    private static String plain(double average) {
        return BigDecimal.valueOf(average).stripTrailingZeros().toPlainString();
    }
}
