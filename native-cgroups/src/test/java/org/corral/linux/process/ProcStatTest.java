package org.corral.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcStatTest {

    private static final String AFTER_COMM =
            " S 17 4242 4243 0 -1 4194560 100 200 0 0 11 22 33 44 20 0 1 0 987654 1000000 250"
                    + " 18446744073709551615 1 2 140737488347136 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0";

    @Test
    void parse_line_takesTheFieldsOfProc5() {
        assertThat(ProcStat.parse("4242 (sleep)" + AFTER_COMM + "\n"))
                .isEqualTo(new ProcStat(4242, "sleep", 'S', 17, 4243, 11, 22, 33, 44, 987654, 250, 140737488347136L));
    }

    @Test
    void parse_firstProcess_hasAPidOfOneDigit() {
        assertThat(ProcStat.parse("1 (init)" + AFTER_COMM).pid()).isEqualTo(1);
    }

    /** A kernel may have fewer fields than this one, but not fewer than are asked for. */
    @Test
    void parse_noMoreFieldsThanAreNeeded_isTaken() {
        String needed = AFTER_COMM.substring(0, AFTER_COMM.indexOf(" 0 0 0 0 0 0 0 0 0 17"));

        assertThat(ProcStat.parse("4242 (sleep)" + needed).startStack()).isEqualTo(140737488347136L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", ") S 1 1", "((", "))", "a\nb", "", "\u00ff\u0080", "(sd-pam)", " R 1 "})
    void parse_anyComm_isKeptWhole(String comm) {
        ProcStat stat = ProcStat.parse("4242 (" + comm + ")" + AFTER_COMM);

        assertThat(stat.comm()).isEqualTo(comm);
        assertThat(stat.state()).isEqualTo('S');
        assertThat(stat.parent()).isEqualTo(17);
    }

    @Test
    void parse_stackAboveTheSignBit_isTaken() {
        String line = "4242 (x)" + AFTER_COMM.replace("140737488347136", "18446744073709547520");

        assertThat(ProcStat.parse(line).startStack()).isEqualTo(-4096);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "4242",
                "4242 (sleep",
                "4242 sleep) S 1",
                "(sleep) S 1 1 1",
                "4242 (sleep)",
                "4242 (sleep) S 17 4242 4242 0 -1",
                "x (sleep) S 17 4242 4242 0 -1 4194560 100 200 0 0 11 22 33 44 20 0 1 0 9 1 2 3 1 2 4",
                "4242 (sleep) S y 4242 4242 0 -1 4194560 100 200 0 0 11 22 33 44 20 0 1 0 9 1 2 3 1 2 4"
            })
    void parse_otherForm_isRefusedAndQuoted(String line) {
        assertThatThrownBy(() -> ProcStat.parse(line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + line + "'");
    }
}
