package org.corral.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryLoweringTest {

    @ParameterizedTest
    @EnumSource(MemoryLowering.class)
    void parse_eachName_isThatOne(MemoryLowering one) {
        assertThat(MemoryLowering.parse(one.toString())).isEqualTo(one);
        assertThat(MemoryLowering.parse(one.name())).isEqualTo(one);
    }

    @Test
    void parse_unknown_namesThoseThereAre() {
        assertThatThrownBy(() -> MemoryLowering.parse("kill"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'kill'", "keep", "refuse", "reclaim", "force");
    }
}
