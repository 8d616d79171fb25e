package org.corral.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.unit.Maximum;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class IoLimitsTest {

    private static final DeviceNumber SDA = new DeviceNumber(8, 0);
    private static final DeviceNumber SDB = new DeviceNumber(8, 16);
    private static final Maximum TEN = Maximum.of(10);
    private static final Maximum TWENTY = Maximum.of(20);

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 10_001})
    void withWeight_outOfRange_refused(int weight) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IoLimits.NONE.withWeight(weight))
                .withMessageContainingAll("io weight " + weight, "1 to 10000");
    }

    static Stream<Function<Maximum, IoThrottle>> throttles() {
        return Stream.of(IoThrottle::ofReadBytes, IoThrottle::ofWriteBytes, IoThrottle::ofReads, IoThrottle::ofWrites);
    }

    @ParameterizedTest
    @MethodSource("throttles")
    void throttle_zero_refused(Function<Maximum, IoThrottle> throttle) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> throttle.apply(Maximum.of(0)))
                .withMessageContainingAll("rate of 0", "or max");
        assertThat(throttle.apply(Maximum.NONE)).isNotEqualTo(IoThrottle.NONE);
    }

    @Test
    void throttle_operationsBeyond32Bits_refused() {
        assertThat(IoThrottle.ofReadBytes(Maximum.of(Long.MAX_VALUE)).readBytes())
                .isPresent();
        assertThat(IoThrottle.ofReads(Maximum.of(4_294_967_294L)).reads()).isPresent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IoThrottle.ofReads(Maximum.of(4_294_967_295L)))
                .withMessageContaining("4294967295 operations");
        assertThatIllegalArgumentException().isThrownBy(() -> IoThrottle.ofWrites(Maximum.of(1L << 32)));
    }

    @Test
    void with_severalRatesOfADevice_keepsAll() {
        IoLimits limits = IoLimits.NONE
                .withWeight(200)
                .with(SDA, IoThrottle.ofReadBytes(TEN))
                .with(SDA, IoThrottle.ofWrites(TWENTY))
                .with(SDB, IoThrottle.ofReads(TEN));
        assertThat(limits.weight()).hasValue(200);
        assertThat(limits.throttles()).containsOnlyKeys(SDA, SDB);
        assertThat(limits.throttles().get(SDA))
                .isEqualTo(IoThrottle.ofReadBytes(TEN).orElse(IoThrottle.ofWrites(TWENTY)));
    }

    @Test
    void orElse_rateByRate_prefersThis() {
        IoLimits before = IoLimits.NONE
                .withWeight(50)
                .with(SDA, IoThrottle.ofReadBytes(TEN))
                .with(SDB, IoThrottle.ofReads(TEN));
        IoLimits change =
                IoLimits.NONE.with(SDA, IoThrottle.ofReadBytes(Maximum.NONE)).with(SDA, IoThrottle.ofWrites(TEN));
        IoLimits after = change.orElse(before);
        assertThat(after.weight()).hasValue(50);
        assertThat(after.throttles())
                .containsExactly(
                        Map.entry(SDA, IoThrottle.ofReadBytes(Maximum.NONE).orElse(IoThrottle.ofWrites(TEN))),
                        Map.entry(SDB, IoThrottle.ofReads(TEN)));
    }

    @Test
    void isEmpty_nothingAskedFor_alone() {
        assertThat(IoLimits.NONE.orElse(IoLimits.NONE).isEmpty()).isTrue();
        assertThat(IoLimits.NONE.withWeight(1).isEmpty()).isFalse();
    }
}
