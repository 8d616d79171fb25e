package org.corral.cgroup.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdListTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0-3,7|0-3,7", "0|0", "0,1,2|0-2", "7,0-1|0-1,7", "3-3|3", "''|''", "'\n'|''", "65535|65535"})
    void parse_list_printsAsTheKernelDoes(String text, String printed) throws Exception {
        assertThat(IdList.parse("cpuset.cpus", text)).hasToString(printed);
    }

    @Test
    void parse_ranges_holdEveryId() throws Exception {
        assertThat(IdList.parse("cpuset.cpus", "0-2,7\n").ids()).containsExactly(0, 1, 2, 7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0-", "-3", "1,", "a", "0-4294967295", "3-1", "65536", "0-3:2/4", "1 2"})
    void parse_otherText_failsAndQuotesIt(String text) {
        assertThatThrownBy(() -> IdList.parse("cpuset.cpus", text))
                .isInstanceOf(ControlFileFormatException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void of_idsThatNoHostHas_isRefused() {
        assertThatThrownBy(() -> IdList.of(List.of(1, 65_536))).hasMessageContaining("65536");
        assertThatThrownBy(() -> IdList.of(List.of(-1))).hasMessageContaining("-1");
    }
}
