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
    }

    @Test
    void parse_names_keepTheirOrder() {
        Isolation isolation = Isolation.parse("posix/mem,cgroups/cpu");

        assertThat(isolation.names()).containsExactly("posix/mem", "cgroups/cpu");
        assertThat(isolation.isAuto()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cgroups",
                "cgroups/cpu,",
                "cgroups/cpu, cgroups/mem",
                "CGROUPS/CPU",
                "auto,",
                "posix/cpu,auto",
                "a/b/c",
                "../x",
                "/x",
                "x/"
            })
    void parse_noName_isRefusedWithTheForm(String text) {
        assertThatThrownBy(() -> Isolation.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not of the form kind/name: give auto, or names as");
    }

    @Test
    void parse_autoAndNames_areTakenBesideTheBest() {
        Isolation isolation = Isolation.parse("auto,posix/cpu,disk/du");

        assertThat(isolation.isAuto()).isTrue();
        assertThat(isolation.completedBy(Isolation.parse("cgroups/cpu,cgroups/mem")))
                .isEqualTo(Isolation.parse("cgroups/mem,posix/cpu,disk/du"));
        assertThat(Isolation.AUTO.with("disk/du").with("disk/du")).isEqualTo(Isolation.parse("auto,disk/du"));
    }

    @Test
    void parse_nameOfSomebodyElse_isTaken() {
        assertThat(Isolation.parse("acme/mem,cgroups/mem").names()).containsExactly("acme/mem", "cgroups/mem");
    }

    @ParameterizedTest
    @ValueSource(strings = {"posix/cpu,posix/cpu", "cgroups/mem,posix/mem", "acme/x,acme/x"})
    void parse_oneKindTwice_isRefused(String text) {
        assertThatThrownBy(() -> Isolation.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("second of its kind");
    }
}
