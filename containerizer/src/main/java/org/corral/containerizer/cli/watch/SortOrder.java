package org.corral.containerizer.cli.watch;

import org.corral.cgroup.sample.Ranking;

/**
 * What the table is sorted by. Immutable.
 *
 * @param column which numbers, or the ids
 * @param reversed whether the lowest come first, or ids from z on
 */
record SortOrder(WatchColumn column, boolean reversed) {

    /** Who uses most of the CPUs comes first. */
    static final SortOrder FIRST = new SortOrder(WatchColumn.CPU_SHARE, false);

    /** {@return the order after a key; the same one if the key is for something else} */
    SortOrder after(int key) {
        return switch (key) {
            case 'r' -> new SortOrder(column, !reversed);
            case Keys.LEFT -> new SortOrder(column.right(-1), false);
            case Keys.RIGHT -> new SortOrder(column.right(1), false);
            default ->
                WatchColumn.of(key).map(chosen -> new SortOrder(chosen, false)).orElse(this);
        };
    }

    Ranking ranking() {
        return reversed ? column.ranking.reversed() : column.ranking;
    }

    @Override
    public String toString() {
        if (column == WatchColumn.ID) {
            return column.heading + (reversed ? ", z to a" : ", a to z");
        }
        return column.heading + (reversed ? ", lowest first" : ", highest first");
    }
}
