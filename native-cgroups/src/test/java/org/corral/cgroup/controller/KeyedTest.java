package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedTest {

    @Test
    void flat_lines_areKeptInOrderWithUnknownKeys() throws Exception {
        FlatKeyed stat = FlatKeyed.parse("memory.stat", "anon 4096\nnew_in_9_9 1\n\n  \nfile 18446744073709551615\n");

        assertThat(stat.values())
                .containsExactly(entry("anon", 4096L), entry("new_in_9_9", 1L), entry("file", Long.MAX_VALUE));
        assertThat(stat.get("anon")).hasValue(4096);
        assertThat(stat.get("swap")).isEmpty();
    }

    @Test
    void flat_emptyText_hasNoKeys() throws Exception {
        assertThat(FlatKeyed.parse("memory.stat", "").values()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"fil", "'file '", "file -1", "file 1 2", "file x"})
    void flat_malformedLine_failsAndQuotesIt(String line) {
        assertThatThrownBy(() -> FlatKeyed.parse("memory.stat", "anon 1\n" + line))
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessage("memory.stat: line '" + line + "' is not understood, expected 'key number'");
    }

    @Test
    void nested_lines_areKeptWithUnknownSubKeys() throws Exception {
        NestedKeyed stat = NestedKeyed.parse("io.stat", "8:0 rbytes=1 cost.wait=2\n\n8:16 \n");

        assertThat(stat.get("8:0")).contains(Map.of("rbytes", "1", "cost.wait", "2"));
        assertThat(stat.get("8:16")).contains(Map.of());
        assertThat(stat.get("8:32")).isEmpty();
    }

    @Test
    void nested_keyOfOneLetter_isOne() throws Exception {
        assertThat(NestedKeyed.parse("io.stat", "8:0 r=1").get("8:0")).contains(Map.of("r", "1"));
    }

    @ParameterizedTest
    @CsvSource({"8:0 rbytes", "8:0 =1", "8:0 rbytes=1 wby"})
    void nested_malformedLine_failsAndQuotesIt(String line) {
        assertThatThrownBy(() -> NestedKeyed.parse("io.stat", line))
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessageContaining("io.stat: line '" + line + "'");
    }
}
