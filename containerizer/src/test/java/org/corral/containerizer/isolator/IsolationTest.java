package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsolationTest {

    @Test
    void parse_auto_leavesTheChoice() {
        assertThat(Isolation.parse(" auto ")).isEqualTo(Isolation.AUTO);
        assertThat(Isolation.AUTO.isAuto()).isTrue();
        assertThat(Isolation.AUTO.usesCgroups()).isFalse();
    }

    @Test
    void parse_names_keepTheirOrder() {
        Isolation isolation = Isolation.parse("posix/mem,cgroups/cpu");

        assertThat(isolation.names()).containsExactly("posix/mem", "cgroups/cpu");
        assertThat(isolation.isAuto()).isFalse();
        assertThat(isolation.usesCgroups()).isTrue();
        assertThat(Isolation.parse("posix/cpu").usesCgroups()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "cgroups", "cgroups/cpu,", "cgroups/cpu, cgroups/mem", "CGROUPS/CPU", "auto,posix/cpu"})
    void parse_unknownName_isRefusedWithTheKnownOnes(String text) {
        assertThatThrownBy(() -> Isolation.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is unknown")
                .hasMessageContaining("cgroups/pids");
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix/cpu,posix/cpu", "cgroups/mem,posix/mem"})
    void parse_oneKindTwice_isRefused(String text) {
        assertThatThrownBy(() -> Isolation.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("second of its kind");
    }
}
