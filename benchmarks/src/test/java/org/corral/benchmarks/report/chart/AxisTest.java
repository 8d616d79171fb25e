package org.corral.benchmarks.report.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AxisTest {

    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.3, 1, 1.2, 7, 99, 100, 101, 5e9})
    void marks_anyEnd_fewAndWithin(double end) {
        Axis axis = Axis.upTo(end);

        assertThat(axis.marks()).hasSizeBetween(3, 6).first().isEqualTo(0.0);
        assertThat(axis.marks()).allMatch(mark -> mark <= end * (1 + 1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void upTo_noLength_isOne(double end) {
        assertThat(Axis.upTo(end).end()).isEqualTo(1);
    }

    @Test
    void at_beyondTheEnd_isTheEnd() {
        assertThat(Axis.upTo(4).at(1)).isEqualTo("25.00%");
        assertThat(Axis.upTo(4).at(5)).isEqualTo("100.00%");
        assertThat(Axis.upTo(4).at(-1)).isEqualTo("0.00%");
    }

    @Test
    void whole_betweenMarks_endsAtTheNext() {
        assertThat(Axis.upTo(7).whole().end()).isEqualTo(8);
        assertThat(Axis.upTo(8).whole().end()).isEqualTo(8);
    }
}
