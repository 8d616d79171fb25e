package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.text.Quoted;
import org.corral.core.unit.DataSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "max",
                "max\n",
                "9223372036854771712",
                "9223372036854710272",
                "9223372036854775807",
                "18446744073709551615"
            })
    void parse_unlimitedOfAnyKernel_isNone(String text) throws Exception {
        assertThat(Limit.parse("memory.max", text)).isEqualTo(Limit.NONE);
    }

    @Test
    void parse_number_isLimit() throws Exception {
        assertThat(Limit.parse("memory.max", "4096\n")).isEqualTo(Limit.of(4096));
        assertThat(Limit.parse("memory.max", "0").value()).hasValue(0);
        assertThat(Limit.parse("memory.max", "9223372036854710271").isNone()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "maximum", "-1", "12 34"})
    void parse_otherText_failsAndQuotesIt(String text) {
        assertThatThrownBy(() -> Limit.parse("memory.max", text))
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessageContaining("memory.max: line " + Quoted.of(text));
    }

    @Test
    void of_negative_isRefusedWithRemedy() {
        assertThatThrownBy(() -> Limit.of(-1)).hasMessageContaining("-1").hasMessageContaining("Limit.NONE");
    }

    @Test
    void text_none_isSpelledAsTheVersionHasIt() {
        assertThat(Limit.NONE.text(CgroupVersion.V1)).isEqualTo("-1");
        assertThat(Limit.NONE.text(CgroupVersion.V2)).isEqualTo("max");
        assertThat(Limit.of(DataSize.ofBytes(7)).text(CgroupVersion.V1)).isEqualTo("7");
    }

    @Test
    void compareTo_none_isHighest() {
        assertThat(Limit.NONE).isGreaterThan(Limit.of(9_000_000_000_000_000_000L));
        assertThat(Limit.of(1)).isLessThan(Limit.of(2));
    }
}
