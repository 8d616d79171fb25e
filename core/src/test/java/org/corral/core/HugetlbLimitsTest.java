package org.corral.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;
import org.junit.jupiter.api.Test;

class HugetlbLimitsTest {

    private static final DataSize PAGE = DataSize.ofMebibytes(2);
    private static final DataSize GIANT = DataSize.parse("1G");

    @Test
    void with_partOfAPage_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HugetlbLimits.NONE.with(PAGE, Maximum.of(DataSize.ofMebibytes(3))))
                .withMessageContainingAll("3MiB", "2MiB", "multiple");
    }

    @Test
    void with_pageThatIsNoPowerOfTwo_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HugetlbLimits.NONE.with(DataSize.ofMebibytes(3), Maximum.NONE))
                .withMessageContaining("page size 3MiB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HugetlbLimits.NONE.with(DataSize.ofBytes(0), Maximum.of(0)));
    }

    @Test
    void orElse_sizeBySize_prefersThis() {
        HugetlbLimits before = HugetlbLimits.NONE.with(PAGE, Maximum.of(0)).with(GIANT, Maximum.of(GIANT));
        HugetlbLimits after = HugetlbLimits.NONE.with(PAGE, Maximum.NONE).orElse(before);
        assertThat(after.limits()).containsEntry(PAGE, Maximum.NONE).containsEntry(GIANT, Maximum.of(GIANT));
        assertThat(after.isEmpty()).isFalse();
        assertThat(HugetlbLimits.NONE.isEmpty()).isTrue();
    }
}
