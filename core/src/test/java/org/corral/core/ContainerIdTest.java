package org.corral.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerIdTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "_", "7", "web-1.2_b", "a..b", "A-"})
    void of_alphabet_accepted(String value) {
        assertThat(ContainerId.of(value)).hasToString(value);
    }

    @Test
    void of_128Characters_accepted() {
        assertThat(ContainerId.of("a".repeat(128)).value()).hasSize(128);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", ".", "..", ".a", "-a", "a/b", "../a", "/", "a\0", "a\n", "\na", "a b", "é", "a:b", "a%2f",
                "\u202ea"
            })
    void of_outsideTheAlphabet_refusedWithRemedy(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContainerId.of(value))
                .withMessageContaining("1 to 128 of A-Z a-z 0-9 . _ -");
    }

    @ParameterizedTest
    @CsvSource({"129", "4096"})
    void of_tooLong_refusedWithAShortMessage(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContainerId.of("a".repeat(length)))
                .withMessageContaining("(" + length + " characters)")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void of_controlCharacters_shownEscaped() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContainerId.of("a\0\n\u001b[31m"))
                .withMessageContaining("'a\\u0000\\u000a\\u001b[31m'");
    }

    @Test
    void child_ofContainer_hasItAsParent() {
        ContainerId parent = ContainerId.of("pod");
        ContainerId child = parent.child("task");
        assertThat(child.parent()).hasValue(parent);
        assertThat(child).hasToString("pod/task").isNotEqualTo(ContainerId.of("task"));
    }

    @Test
    void child_outsideTheAlphabet_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContainerId.of("pod").child(".."))
                .withMessageContaining("'..'");
    }
}
