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
    @ValueSource(strings = {"cgroup.procs", "cgroup.", "tasks", "notify_on_release", "release_agent"})
    void of_nameOfAKernelsFile_refused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContainerId.of(value))
                .withMessageContainingAll("'" + value + "'", "the kernel keeps");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cgroup", "cgroups.x", "tasks-1", "my.release_agent"})
    void of_nameLikeAKernelsFile_accepted(String value) {
        assertThat(ContainerId.of(value)).hasToString(value);
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

    /** Else a checkpoint with an id of a megabyte would overflow the stack of who reads it. */
    @Test
    void child_tooDeep_refused() {
        ContainerId deepest = ContainerId.of("a");
        for (int depth = 2; depth <= 32; depth++) {
            deepest = deepest.child("a");
        }
        ContainerId parent = deepest;

        assertThat(parent).hasToString("a" + "/a".repeat(31));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parent.child("b"))
                .withMessageContainingAll("'b'", "nested too deep");
    }

    @Test
    void child_outsideTheAlphabet_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContainerId.of("pod").child(".."))
                .withMessageContaining("'..'");
    }
}
