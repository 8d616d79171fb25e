package org.corral.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A judge that lets everything pass would make every fuzz test green. */
class RefusalsTest {

    private static void judge(Exception thrown, Class<? extends Exception> declared) {
        Refusals.accepted(
                () -> {
                    throw thrown;
                },
                declared);
    }

    @Test
    void accepted_result_isGiven() {
        assertThat(Refusals.accepted(() -> 1, IOException.class)).contains(1);
    }

    @Test
    void accepted_declaredRefusal_isEmpty() {
        assertThat(Refusals.accepted(() -> Integer.parseInt("x"), NumberFormatException.class))
                .isEmpty();
        judge(new EOFException("cut off"), IOException.class);
    }

    @Test
    void accepted_anotherException_fails() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> judge(new NumberFormatException("x"), IllegalArgumentException.class))
                .withMessageStartingWith("not declared");
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> judge(new IOException("x"), EOFException.class));
    }

    @Test
    void accepted_messageThatCannotBeShown_fails() {
        for (String message : new String[] {null, " ", "a\nb", "a".repeat(1001)}) {
            assertThatExceptionOfType(AssertionError.class)
                    .isThrownBy(() -> judge(new IOException(message), IOException.class));
        }
    }
}
