package org.corral.core.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.corral.core.usage.IoUsage.Counts;
import org.junit.jupiter.api.Test;

class IoUsageTest {

    /** The sampler said the same before. */
    @Test
    void plus_tooLarge_isTheLargest() {
        Counts most = new Counts(
                OptionalLong.of(Long.MAX_VALUE), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

        assertThat(most.plus(Counts.ZERO).readBytes()).hasValue(Long.MAX_VALUE);
        assertThat(most.plus(most).readBytes()).hasValue(Long.MAX_VALUE);
    }

    @Test
    void plus_knownAndUnknown_isTheKnown() {
        Counts some = new Counts(OptionalLong.of(1), OptionalLong.empty(), OptionalLong.of(3), OptionalLong.of(4));
        Counts more = new Counts(OptionalLong.of(10), OptionalLong.of(20), OptionalLong.empty(), OptionalLong.of(40));
        assertThat(some.plus(more))
                .isEqualTo(
                        new Counts(OptionalLong.of(11), OptionalLong.of(20), OptionalLong.of(3), OptionalLong.of(44)));
        assertThat(some.plus(Counts.UNKNOWN)).isEqualTo(some);
        assertThat(Counts.ZERO.plus(Counts.UNKNOWN)).isEqualTo(Counts.ZERO);
    }
}
