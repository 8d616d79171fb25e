package org.corral.cgroup.controller;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * For how long processes of a cgroup had to wait for a resource. Immutable. Kernel: accounting/psi.rst.
 *
 * @param some the time in which at least one waited; absent in {@code irq.pressure}
 * @param full the time in which all waited at once; absent for the CPU before Linux 5.13
 */
public record Pressure(Optional<Stall> some, Optional<Stall> full) {

    private static final Pattern PERCENT = Pattern.compile("\\d{1,9}(?:\\.\\d{1,9})?");

    /**
     * The waiting of one line. Immutable.
     *
     * @param avg10 percent of the last 10 seconds
     * @param avg60 percent of the last minute
     * @param avg300 percent of the last five minutes
     * @param total all of it since the cgroup was made
     */
    public record Stall(double avg10, double avg60, double avg300, Duration total) {}

    /**
     * {@return the pressure that a file's text tells}
     *
     * @param file the file's name, for the error
     */
    public static Pressure parse(String file, String text) throws ControlFileFormatException {
        NestedKeyed lines = NestedKeyed.parse(file, text);
        return new Pressure(stall("some", lines, file), stall("full", lines, file));
    }

    private static Optional<Stall> stall(String kind, NestedKeyed lines, String file)
            throws ControlFileFormatException {
        Optional<Map<String, String>> line = lines.get(kind);
        if (line.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(stall(line.get()));
        } catch (NumberFormatException e) {
            throw new ControlFileFormatException(
                    file, kind + " " + line.get(), "numbers avg10, avg60, avg300 and total");
        }
    }

    private static Stall stall(Map<String, String> values) {
        return new Stall(
                percent(values.getOrDefault("avg10", "")),
                percent(values.getOrDefault("avg60", "")),
                percent(values.getOrDefault("avg300", "")),
                Duration.of(micros(values.getOrDefault("total", "")), ChronoUnit.MICROS));
    }

    /** {@code Double} would take NaN and 0x1p3 too, and {@code Long} a sign. */
    private static double percent(String text) {
        if (!PERCENT.matcher(text).matches()) {
            throw new NumberFormatException(text);
        }
        return Double.parseDouble(text);
    }

    private static long micros(String text) {
        return Numbers.unsigned(text).orElseThrow(() -> new NumberFormatException(text));
    }
}
