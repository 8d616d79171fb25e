package org.corral.benchmarks.report.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * A table. Immutable.
 *
 * @param columns its heads
 * @param rows from top to bottom
 */
public record Table(List<Cell> columns, List<Row> rows) {

    /** Copies the lists. */
    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * Names the columns.
     *
     * @param heads each one's; those of numbers begin with {@code #}
     */
    public static Table of(String... heads) {
        List<Cell> columns = new ArrayList<>();
        for (String head : heads) {
            boolean isNumber = head.startsWith("#");
            columns.add(new Cell(isNumber ? head.substring(1) : head, isNumber));
        }
        return new Table(columns, List.of());
    }

    /** {@return a table with one more row} */
    public Table with(String state, String... texts) {
        List<Cell> cells = new ArrayList<>();
        for (String text : texts) {
            cells.add(new Cell(text, columns.get(cells.size()).isNumber()));
        }
        List<Row> more = new ArrayList<>(rows);
        more.add(new Row(state, cells));
        return new Table(columns, more);
    }

    /**
     * A row. Immutable.
     *
     * @param state how it is drawn
     * @param cells from left to right
     */
    public record Row(String state, List<Cell> cells) {

        /** Copies the cells. */
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * A cell. Immutable.
     *
     * @param text what it says
     * @param isNumber whether it is aligned as numbers are
     */
    public record Cell(String text, boolean isNumber) {}
}
