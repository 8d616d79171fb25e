package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import org.corral.cgroup.controller.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageThresholdsTest {

    @Test
    void bytes_percentsAndSizes_areAscendingAndDistinct() {
        UsageThresholds thresholds = UsageThresholds.parse("80%, 1K,50%,512");

        assertThat(thresholds.bytes(Limit.of(1024))).containsExactly(512L, 819L, 1024L);
    }

    @Test
    void bytes_noLimit_percentsOfNothingAreLeftOut() {
        assertThat(UsageThresholds.parse("80%,1K").bytes(Limit.NONE)).containsExactly(1024L);
    }

    @Test
    void bytes_largestLimit_doesNotOverflow() {
        long large = 1L << 60;

        assertThat(UsageThresholds.parse("99%").bytes(Limit.of(large)))
                .containsExactly(BigInteger.valueOf(large)
                        .multiply(BigInteger.valueOf(99))
                        .divide(BigInteger.valueOf(100))
                        .longValueExact());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0%", "100%", "0", "x", "80%,", "80%;90%", "-1%"})
    void parse_otherwise_namesTheRemedy(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UsageThresholds.parse(text))
                .withMessageContaining("give it as 80% or 512M");
    }
}
