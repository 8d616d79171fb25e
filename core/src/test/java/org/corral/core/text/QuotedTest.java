package org.corral.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotedTest {

    @ParameterizedTest
    @ValueSource(strings = {"64 megs", "", "größe", "٣", "c:\\x", "it's", "\uD83D\uDC04"})
    void of_printable_isAsItIs(String text) {
        assertThat(Quoted.of(text)).isEqualTo("'" + text + "'");
    }

    @Test
    void of_whatDoesNotPrint_isEscaped() {
        assertThat(Quoted.of("a\n\0\u001b[31m\u007f\u0085")).isEqualTo("'a\\u000a\\u0000\\u001b[31m\\u007f\\u0085'");
        assertThat(Quoted.of("\u202ea\u2028\ud83d")).isEqualTo("'\\u202ea\\u2028\\ud83d'");
        assertThat(Quoted.of(Character.toString(0xE0001))).isEqualTo("'\\udb40\\udc01'");
    }

    @Test
    void of_longText_isCutOffAndItsLengthTold() {
        assertThat(Quoted.of("a".repeat(80))).isEqualTo("'" + "a".repeat(80) + "'");
        assertThat(Quoted.of("a".repeat(81))).isEqualTo("'" + "a".repeat(80) + "…' (81 characters)");
        assertThat(Quoted.of("\n".repeat(1 << 20))).hasSizeLessThan(520);
    }

    @Test
    void onOneLine_longText_isWhole() {
        assertThat(Quoted.onOneLine("é\n".repeat(100))).isEqualTo("é\\u000a".repeat(100));
    }
}
