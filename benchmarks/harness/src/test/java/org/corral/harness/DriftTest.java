package org.corral.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTest {

    @Test
    void of_figureThatGrows_isTheDifferenceOfTheMediansOfThirds() {
        assertThat(Drift.of(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9))).hasValue(new Drift(2, 8));
        assertThat(new Drift(2, 8).change()).isEqualTo(6);
    }

    @Test
    void of_figureThatShrinks_isBelowZero() {
        assertThat(Drift.of(List.of(9L, 5L, 1L)).orElseThrow().change()).isEqualTo(-8);
    }

    @Test
    void of_oneOddValueOfAnEnd_isNoDrift() {
        assertThat(Drift.of(List.of(5, 5, 5, 5, 5, 5, 5, 900, 5)).orElseThrow().change())
                .isZero();
    }

    @Test
    void of_evenThird_isTheMiddleOfTwo() {
        assertThat(Drift.of(List.of(1, 3, 0, 0, 5, 9, 0))).hasValue(new Drift(2, 4.5));
    }

    @Test
    void of_fewerThanThree_isNotKnown() {
        assertThat(Drift.of(List.of())).isEmpty();
        assertThat(Drift.of(List.of(1, 2))).isEmpty();
    }
}
