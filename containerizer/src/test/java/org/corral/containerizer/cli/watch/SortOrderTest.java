package org.corral.containerizer.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortOrderTest {

    @ParameterizedTest
    @CsvSource({"c, CPU_SHARE", "m, MEMORY", "p, PIDS", "i, READ", "n, ID"})
    void after_letter_isItsColumn(char key, WatchColumn column) {
        SortOrder before = new SortOrder(WatchColumn.PEAK, true);

        assertThat(before.after(key)).isEqualTo(new SortOrder(column, false));
    }

    @Test
    void after_r_reversesAndBack() {
        SortOrder reversed = SortOrder.FIRST.after('r');

        assertThat(reversed).isEqualTo(new SortOrder(WatchColumn.CPU_SHARE, true));
        assertThat(reversed.after('r')).isEqualTo(SortOrder.FIRST);
    }

    @Test
    void after_arrows_isTheColumnBesideAndRoundTheEdge() {
        assertThat(SortOrder.FIRST.after(Keys.RIGHT).column()).isEqualTo(WatchColumn.MEMORY);
        assertThat(SortOrder.FIRST.after(Keys.LEFT).column()).isEqualTo(WatchColumn.ID);
        assertThat(SortOrder.FIRST.after(Keys.LEFT).after(Keys.LEFT).column()).isEqualTo(WatchColumn.SYSTEM);
        assertThat(new SortOrder(WatchColumn.SYSTEM, true).after(Keys.RIGHT).column())
                .isEqualTo(WatchColumn.ID);
    }

    @Test
    void after_otherKey_isTheSame() {
        assertThat(SortOrder.FIRST.after('x')).isSameAs(SortOrder.FIRST);
        assertThat(SortOrder.FIRST.after(Screen.NONE)).isSameAs(SortOrder.FIRST);
    }

    @Test
    void toString_numbersAndIds_sayWhatComesFirst() {
        assertThat(SortOrder.FIRST).hasToString("CPU%, highest first");
        assertThat(SortOrder.FIRST.after('r')).hasToString("CPU%, lowest first");
        assertThat(SortOrder.FIRST.after('n')).hasToString("ID, a to z");
        assertThat(SortOrder.FIRST.after('n').after('r')).hasToString("ID, z to a");
    }
}
