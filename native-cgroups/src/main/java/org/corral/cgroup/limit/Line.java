package org.corral.cgroup.limit;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A value written to a control file, which is all of the file or, where a device is named, its line. Immutable.
 *
 * @param file the file
 * @param device as {@code 8:0}; empty if the value is not about one
 * @param value as it is written
 */
record Line(String file, String device, String value) {

    private static final String NO_RATES = "rbps=max wbps=max riops=max wiops=max";

    static Line of(String file, String value) {
        String first = value.split(" ", 2)[0];
        return new Line(file, first.matches("\\d+:\\d+") ? first : "", value);
    }

    boolean isKeyed() {
        return !device.isEmpty();
    }

    /** {@return what the file's text has for this, as it is written; a device that is not there has no limits} */
    String in(String text) {
        return isKeyed()
                ? text.lines().filter(this::isMine).findFirst().orElse(device + " " + lifted())
                : text.split("\n", 2)[0].strip();
    }

    private boolean isMine(String line) {
        return line.startsWith(device + " ");
    }

    private String lifted() {
        return file.equals("io.max") ? NO_RATES : "0";
    }

    /** {@return the text with this for the device} */
    String replacedIn(String text) {
        return Stream.concat(text.lines().filter(line -> !isMine(line)), Stream.of(value))
                .collect(Collectors.joining("\n"));
    }

    /** {@return the same with another value; an empty one is written as a newline, as nothing would be no write} */
    Line with(String other) {
        return new Line(file, device, other.isEmpty() ? "\n" : other);
    }
}
