package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalTest {

    @ParameterizedTest
    @CsvSource({
        "TERM, 15",
        "SIGTERM, 15",
        "sigusr1, 10",
        "kill, 9",
        "9, 9",
        "CHLD, 17",
        "SYS, 31",
        "64, 64",
        "winch, 28"
    })
    void parse_nameOrNumber_isThatNumber(String text, int number) {
        assertThat(Signal.parse(text).number()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "FOO", "SIG", "0", "65", "-9", "100", "TERM KILL"})
    void parse_noSignal_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Signal.parse(text))
                .withMessageContaining("signal");
    }

    @Test
    void toString_named_isTheName() {
        assertThat(Signal.INT).hasToString("INT");
        assertThat(new Signal(40)).hasToString("40");
    }
}
