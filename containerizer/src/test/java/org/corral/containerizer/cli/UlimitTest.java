package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.corral.core.Rlimit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UlimitTest {

    @Test
    void parse_softAlone_isBoth() {
        assertThat(Ulimit.parse("nofile=1024")).isEqualTo(new Ulimit(Rlimit.NOFILE, new Rlimit.Limits(1024, 1024)));
    }

    @Test
    void parse_softAndHard_areThose() {
        assertThat(Ulimit.parse("core=0:unlimited"))
                .isEqualTo(new Ulimit(Rlimit.CORE, new Rlimit.Limits(0, Rlimit.UNLIMITED)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nofile", "nofile=", "nofile=-1", "nofile=1:", "nofile=2:1", "bogus=1", "nofile=1:2:3"})
    void parse_anythingElse_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Ulimit.parse(text));
    }
}
