package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryLimitsTest {

    @ParameterizedTest
    @CsvSource({
        "max, max, max",
        "100, max, max",
        "max, 300, 300",
        "100, 300, 200",
        "100, 100, 0",
        "0, 0, 0",
        "0, 5, 5",
        "1, 9223372036854710271, 9223372036854710270"
    })
    void swap_isWhatTheTotalLeaves(String memory, String total, String swap) throws Exception {
        MemoryLimits limits = new MemoryLimits(Limit.parse("memory", memory), Limit.parse("total", total));

        assertThat(limits.swap()).hasToString(swap);
    }

    @Test
    void new_totalBelowMemory_isRefusedWithRemedy() {
        assertThatThrownBy(() -> new MemoryLimits(Limit.of(100), Limit.of(99)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("limit 99 of memory and swap is below the limit 100 of memory: give the sum");
    }
}
