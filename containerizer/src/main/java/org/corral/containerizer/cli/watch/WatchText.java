package org.corral.containerizer.cli.watch;

import java.util.ArrayList;
import java.util.List;
import org.corral.cgroup.sample.Ranked;
import org.corral.cgroup.sample.ResourceStatistics;
import org.corral.containerizer.ContainerSampler;

/** The lines of the table, as wide as there is room. Immutable. */
final class WatchText {

    private static final String GAP = "  ";
    private static final int NARROWEST_ID = 12;
    private static final int WIDEST_ID_ON_SCREEN = 32;

    private final List<Ranked> containers;
    private final int idWidth;
    private final List<WatchColumn> columns;

    private WatchText(List<Ranked> containers, int idWidth, List<WatchColumn> columns) {
        this.containers = containers;
        this.idWidth = idWidth;
        this.columns = columns;
    }

    /** {@return a table with all columns} */
    static WatchText whole(List<Ranked> containers) {
        return new WatchText(containers, idWidth(containers), List.of(WatchColumn.values()));
    }

    /** {@return a table with the columns that there is room for, long ids cut off} */
    static WatchText within(int width, List<Ranked> containers) {
        int idWidth = Math.min(idWidth(containers), WIDEST_ID_ON_SCREEN);
        List<WatchColumn> fitting = new ArrayList<>();
        int used = idWidth;
        for (WatchColumn column : WatchColumn.values()) {
            used += column == WatchColumn.ID ? 0 : GAP.length() + column.width;
            if (used <= width || column == WatchColumn.ID) {
                fitting.add(column);
            }
        }
        return new WatchText(containers, Math.min(idWidth, width), fitting);
    }

    private static int idWidth(List<Ranked> containers) {
        return containers.stream().mapToInt(container -> id(container).length()).reduce(NARROWEST_ID, Math::max);
    }

    private static String id(Ranked container) {
        return ContainerSampler.idOf(container.cgroup()).toString();
    }

    String heading() {
        return line("ID", columns.stream().map(column -> column.heading).toList());
    }

    /** {@return a line for each container} A record is made for those alone that are shown. */
    List<String> rows() {
        return containers.stream().map(this::row).toList();
    }

    private String row(Ranked container) {
        ResourceStatistics statistics = container.cgroup().statistics();
        return line(
                id(container),
                columns.stream().map(column -> column.text(statistics)).toList());
    }

    private String line(String id, List<String> cells) {
        StringBuilder line = new StringBuilder(padded(cut(id, idWidth), -idWidth));
        for (int i = 1; i < cells.size(); i++) {
            line.append(GAP).append(padded(cells.get(i), columns.get(i).width));
        }
        return line.toString();
    }

    /** {@return a text cut off at a width} */
    static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width);
    }

    private static String padded(String text, int width) {
        return String.format("%" + width + "s", text);
    }
}
