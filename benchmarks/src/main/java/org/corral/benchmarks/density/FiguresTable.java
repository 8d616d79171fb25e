package org.corral.benchmarks.density;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Figures for people: the names of the JSON as words, a line each. */
final class FiguresTable {

    private static final Pattern HUMP = Pattern.compile("(?=[A-Z])");

    /** From here on the fraction of a number is not worth to be read. */
    private static final double WHOLE = 100;

    private final StringBuilder text = new StringBuilder();

    private FiguresTable() {}

    /** {@return the lines, each ended by a line break} */
    static String of(Figures figures) {
        FiguresTable table = new FiguresTable();
        FiguresJson.tree(figures).properties().forEach(table::part);
        return table.text.toString();
    }

    /** A part of the run; what is a list is for the plot. */
    private void part(Map.Entry<String, JsonNode> part) {
        JsonNode value = part.getValue();
        if (value.isObject()) {
            text.append(words(part.getKey())).append('\n');
            value.properties().forEach(figure -> line("  " + words(figure.getKey()), shown(figure.getValue())));
        } else if (value.isValueNode()) {
            line(words(part.getKey()), shown(value));
        }
    }

    private void line(String name, String value) {
        text.append(String.format(Locale.ROOT, "%-28s %s%n", name, value));
    }

    private static String shown(JsonNode value) {
        if (value.isObject()) {
            return percentiles(value);
        }
        if (!value.isNumber()) {
            return value.asText();
        }
        boolean whole = value.isIntegralNumber() || Math.abs(value.asDouble()) >= WHOLE;
        return String.format(Locale.ROOT, whole ? "%,.0f" : "%.3f", value.asDouble());
    }

    /** As {@code p50 12 µs, p99 80 µs, max 95 µs of 1,000}. */
    private static String percentiles(JsonNode value) {
        return String.format(
                Locale.ROOT,
                "p50 %,d µs, p99 %,d µs, max %,d µs of %,d",
                value.path("p50Micros").asLong(),
                value.path("p99Micros").asLong(),
                value.path("maxMicros").asLong(),
                value.path("count").asLong());
    }

    private static String words(String name) {
        return HUMP.matcher(name).replaceAll(" ").toLowerCase(Locale.ROOT);
    }
}
