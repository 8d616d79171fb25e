package org.corral.cgroup.controller;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * For how long processes of a cgroup had to wait for a resource. Immutable. Kernel: accounting/psi.rst.
 *
 * @param some the time in which at least one waited; absent in {@code irq.pressure}
 * @param full the time in which all waited at once; absent for the CPU before Linux 5.13
 */
public record Pressure(Optional<Stall> some, Optional<Stall> full) {

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
                Double.parseDouble(values.getOrDefault("avg10", "")),
                Double.parseDouble(values.getOrDefault("avg60", "")),
                Double.parseDouble(values.getOrDefault("avg300", "")),
                Duration.of(Long.parseLong(values.getOrDefault("total", "")), ChronoUnit.MICROS));
    }
}
