package org.corral.core.unit;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.corral.core.text.Quoted;

/**
 * The number by which the kernel knows a device, as {@code 8:0}. Immutable. See makedev(3).
 *
 * @param major which driver, 0 to 4095
 * @param minor which of its devices, 0 to 1048575
 */
public record DeviceNumber(int major, int minor) implements Comparable<DeviceNumber> {

    /** 12 and 20 bits: the kernel's own {@code dev_t}. */
    private static final int MAX_MAJOR = 0xfff;

    private static final int MAX_MINOR = 0xfffff;

    private static final Pattern FORM = Pattern.compile("(\\d{1,4}):(\\d{1,7})");
    private static final Comparator<DeviceNumber> ORDER =
            Comparator.comparingInt(DeviceNumber::major).thenComparingInt(DeviceNumber::minor);

    /** Refuses numbers that no kernel has. */
    public DeviceNumber {
        if (!isInRange(major, minor)) {
            throw new IllegalArgumentException("device " + major + ":" + minor + " is out of range: give MAJOR:MINOR, "
                    + "0 to 4095 and 0 to 1048575, as lsblk shows them");
        }
    }

    /** {@return whether a text has the form of a device number} */
    public static boolean isForm(String text) {
        return FORM.matcher(text).matches();
    }

    /**
     * Parses a number as the kernel prints it.
     *
     * @param text for example {@code 8:0}
     * @throws IllegalArgumentException if it is not of that form or out of range
     */
    public static DeviceNumber parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "device " + Quoted.of(text) + " is not understood: give MAJOR:MINOR, as 8:0");
        }
        return new DeviceNumber(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
    }

    /** {@return the number that a text of the kernel's is, empty if it is none, or none that a device can have} */
    public static Optional<DeviceNumber> find(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        int major = Integer.parseInt(parts.group(1));
        int minor = Integer.parseInt(parts.group(2));
        return isInRange(major, minor) ? Optional.of(new DeviceNumber(major, minor)) : Optional.empty();
    }

    private static boolean isInRange(int major, int minor) {
        return major >= 0 && major <= MAX_MAJOR && minor >= 0 && minor <= MAX_MINOR;
    }

    @Override
    public int compareTo(DeviceNumber other) {
        return ORDER.compare(this, other);
    }

    /** {@return the number as the kernel prints it, {@code 8:0}} */
    @Override
    public String toString() {
        return major + ":" + minor;
    }
}
