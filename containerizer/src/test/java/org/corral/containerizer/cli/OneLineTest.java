package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void of_severalLinesAndControlCharacters_oneHarmlessLine() {
        assertThat(OneLine.of("a\n  b\r\nc\u001b[2Jd\u0000")).isEqualTo("a b c?[2Jd?");
    }

    @Test
    void of_failureOfFile_tellsWhatAndWhere() {
        assertThat(OneLine.of(new AccessDeniedException("/x"))).isEqualTo("/x: AccessDenied");
    }

    @Test
    void of_failureWithoutMessage_tellsItsKind() {
        assertThat(OneLine.of(new IOException())).isEqualTo("java.io.IOException");
    }
}
