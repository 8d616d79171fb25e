package org.corral.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CgroupPathTest {

    @Test
    void of_anyFormOfAPath_sameElements() {
        assertThat(CgroupPath.of("/corral/a").elements()).containsExactly("corral", "a");
        assertThat(CgroupPath.of("corral/a/")).isEqualTo(CgroupPath.of("/corral/a"));
        assertThat(CgroupPath.of("/")).isEqualTo(CgroupPath.TOP);
        assertThat(CgroupPath.of("")).isEqualTo(CgroupPath.TOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"//", "a//b", "/a/../b", "..", ".", "/./a", "a\nb", "a\0b", "a/b\u007f"})
    void of_hostilePath_refused(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> CgroupPath.of(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "/", "a/", "a\0", "a\n"})
    void child_hostileName_refused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> CgroupPath.TOP.child(name));
    }

    @ParameterizedTest
    @ValueSource(ints = {256, 4096})
    void child_nameThatNoFileHas_refusedWithAShortMessage(int length) {
        assertThat(CgroupPath.TOP.child("a".repeat(255)).name()).hasSize(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CgroupPath.TOP.child("a".repeat(length)))
                .withMessageContaining("at most 255")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200));
    }

    @Test
    void parentAndName_ofPath_itsParts() {
        CgroupPath path = CgroupPath.of("/corral/a");

        assertThat(path.name()).isEqualTo("a");
        assertThat(path.parent()).hasToString("/corral");
        assertThat(path.parent().parent()).hasToString("/");
        assertThat(path.steps()).extracting(CgroupPath::toString).containsExactly("/corral", "/corral/a");
    }

    @Test
    void parentAndName_ofTop_refused() {
        assertThatIllegalStateException().isThrownBy(CgroupPath.TOP::parent);
        assertThatIllegalStateException().isThrownBy(CgroupPath.TOP::name);
    }
}
