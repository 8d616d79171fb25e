package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void toString_cellsOfAnyWidth_alignedWithoutTrailingSpaces() {
        Table table = new Table("ID", "STATE", "X").add("web-1", "running", "").add("a", "-", "long one");
        assertThat(table)
                .hasToString(
                        """
                        ID     STATE    X
                        web-1  running
                        a      -        long one
                        """);
    }

    @Test
    void toString_noRows_isTheHeadings() {
        assertThat(new Table("A", "B")).hasToString("A  B\n");
    }

    @Test
    void add_tooFewCells_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Table("A", "B").add("1"));
    }
}
