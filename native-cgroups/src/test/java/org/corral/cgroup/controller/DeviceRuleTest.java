package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import org.corral.cgroup.controller.DeviceRule.Access;
import org.corral.core.text.Quoted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceRuleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"c 1:3 rwm", "b *:* m", "c 136:* rw", "b 8:0 r", "c *:0 w", "a *:* rwm", "c 4095:1048575 r"})
    void parse_asTheKernelPrintsIt_isWrittenTheSame(String text) {
        assertThat(DeviceRule.parse(text)).hasToString(text);
    }

    @Test
    void parse_parts_areKept() {
        assertThat(DeviceRule.parse("c 10:200 mr"))
                .isEqualTo(new DeviceRule(
                        DeviceRule.Type.CHARACTER,
                        OptionalInt.of(10),
                        OptionalInt.of(200),
                        EnumSet.of(Access.READ, Access.MKNOD)));
        assertThat(DeviceRule.parse("a")).isEqualTo(DeviceRule.ALL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "c",
                "c 1:3",
                "c 1:3 x",
                "c 1:3 rr",
                "c 1:3 rwmr",
                "d 1:3 r",
                "c 1 r",
                "c -1:3 r",
                "c 1:3  r",
                " c 1:3 r",
                "c 1:3 r ",
                "c 0x1:3 r",
                "c 12345678:3 r",
                "a 1:3 rwm",
                "ab",
                "c 1:3 r\nc 1:4 r"
            })
    void parse_noRule_isRefusedWithTheForm(String text) {
        assertThatThrownBy(() -> DeviceRule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("device rule " + Quoted.of(text))
                .hasMessageContaining("'c 10:229 rw'");
    }

    @ParameterizedTest
    @CsvSource({"c 4096:0 r,major number 4096", "c 0:1048576 r,minor number 1048576"})
    void parse_numberOfNoDevice_isRefused(String text, String message) {
        assertThatThrownBy(() -> DeviceRule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void new_noAccess_isRefused() {
        assertThatThrownBy(
                        () -> new DeviceRule(DeviceRule.Type.BLOCK, OptionalInt.empty(), OptionalInt.empty(), Set.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "c *:* rwm, c 1:3 r, true",
        "c 1:* rw, c 1:3 rw, true",
        "a, b 8:0 m, true",
        "c 1:3 r, c 1:3 rw, false",
        "c 1:3 rwm, b 1:3 r, false",
        "c 1:3 rwm, c 1:5 r, false",
        "c 1:3 rwm, c 2:3 r, false",
        "c 1:3 rwm, c 1:* r, false"
    })
    void covers_another_asTheKernelWould(String one, String other, boolean expected) {
        assertThat(DeviceRule.parse(one).covers(DeviceRule.parse(other))).isEqualTo(expected);
    }
}
