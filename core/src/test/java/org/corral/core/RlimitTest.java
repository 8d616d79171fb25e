package org.corral.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RlimitTest {

    /** asm-generic/resource.h */
    @ParameterizedTest
    @CsvSource({"CPU, 0", "CORE, 4", "NPROC, 6", "NOFILE, 7", "MEMLOCK, 8", "AS, 9", "RTTIME, 15"})
    void number_ofResource_isTheKernels(Rlimit resource, int number) {
        assertThat(resource.number()).isEqualTo(number);
    }

    @ParameterizedTest
    @EnumSource
    void parse_nameInAnyCase_theResource(Rlimit resource) {
        assertThat(Rlimit.parse(resource.name())).isEqualTo(resource);
    }

    @Test
    void parse_lowerCase_theResource() {
        assertThat(Rlimit.parse("nofile")).isEqualTo(Rlimit.NOFILE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "files", "nofile ", "7", "nofile\0"})
    void parse_unknownName_namesIt(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rlimit.parse(name))
                .withMessageContaining("'" + name + "'");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "10, 20", "20, 20", "10, -1", "-1, -1", "9223372036854775807, -1"})
    void limits_softNotAboveHard_accepted(long soft, long hard) {
        assertThat(new Rlimit.Limits(soft, hard).soft()).isEqualTo(soft);
    }

    @ParameterizedTest
    @CsvSource({"20, 10", "-1, 10", "-2, 10", "-2, -1", "10, -2"})
    void limits_negativeOrSoftAboveHard_refused(long soft, long hard) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Rlimit.Limits(soft, hard))
                .withMessageContaining(soft + ":" + hard);
    }
}
