package org.corral.core.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdListTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0-3,7|0-3,7", "0|0", "0,1,2|0-2", "7,0-1|0-1,7", "3-3|3", "''|''", "'\n'|''", "65535|65535"})
    void parse_list_printsAsTheKernelDoes(String text, String printed) {
        assertThat(IdList.parse(text)).hasToString(printed);
    }

    @Test
    void parse_ranges_holdEveryId() {
        assertThat(IdList.parse("0-2,7\n").ids()).containsExactly(0, 1, 2, 7);
    }

    /** What a stranger may write must not keep anybody busy for minutes. */
    @Test
    void parse_longRangeThousandsOfTimes_isThatRange() {
        assertThat(IdList.parse("0-65535" + ",0-65535".repeat(10_000))).hasToString("0-65535");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0-", "-3", "1,", "a", "0-4294967295", "3-1", "65536", "0-65536", "0-3:2/4", "1 2", "٣", "+1"})
    void parse_otherText_failsAndQuotesIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdList.parse(text))
                .withMessageContainingAll("'" + text + "'", "as 0-3,7");
    }

    @Test
    void of_idsThatNoHostHas_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdList.of(List.of(1, 65_536)))
                .withMessageContaining("65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdList.of(List.of(-1)))
                .withMessageContaining("-1");
    }

    @Test
    void containsAll_partAndMore_areToldApart() {
        assertThat(IdList.parse("0-3").containsAll(IdList.parse("1,3"))).isTrue();
        assertThat(IdList.parse("0-3").containsAll(IdList.parse("3-4"))).isFalse();
    }
}
