package org.corral.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TruthTest {

    @Test
    void check_withinTolerance_passes() {
        assertThatCode(() -> Truth.check("memory", 90, 100, 10)).doesNotThrowAnyException();
        assertThatCode(() -> Truth.check("memory", 110, 100, 10)).doesNotThrowAnyException();
    }

    @Test
    void check_furtherOff_namesBothNumbers() {
        assertThatThrownBy(() -> Truth.check("memory", 89, 100, 10))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("memory is 89, but the kernel tells 100");
        assertThatThrownBy(() -> Truth.check("memory", 111, 100, 10)).isInstanceOf(IllegalStateException.class);
    }

    /** YARN tells -1 of what it could not read. */
    @Test
    void check_nothingTold_isRefusedHoweverTolerant() {
        assertThatThrownBy(() -> Truth.check("memory", -1, 0, 10)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> Truth.check("memory", 0, 0, 10)).isInstanceOf(IllegalStateException.class);
    }
}
