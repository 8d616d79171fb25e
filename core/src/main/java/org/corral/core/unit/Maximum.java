package org.corral.core.unit;

import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.corral.core.text.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * The most of something, or no limit at all: unlike an absent amount, it takes away a limit that is there. Immutable. No
 * limit is the highest.
 *
 * @param value the most, 0 or more, in the unit of what is limited; empty for no limit
 */
public record Maximum(OptionalLong value) implements Comparable<Maximum> {

    /** No limit. */
    public static final Maximum NONE = new Maximum(OptionalLong.empty());

    /** {@code Long} would take a plus and the digits of every script too. */
    private static final Pattern COUNT = Pattern.compile("-?\\d{1,19}");

    private static final String NO_LIMIT = "max";

    /** Refuses negative numbers. */
    public Maximum {
        if (value.isPresent() && value.getAsLong() < 0) {
            throw new IllegalArgumentException("maximum " + value.getAsLong() + " is negative: give 0 or more, or max");
        }
    }

    /** {@return a limit of that many, 0 or more} */
    public static Maximum of(long value) {
        return new Maximum(OptionalLong.of(value));
    }

    /** {@return a limit of that many bytes} */
    public static Maximum of(DataSize size) {
        return of(size.bytes());
    }

    /**
     * Parses a limit of bytes.
     *
     * @param text a size as {@link DataSize#parse} has it, or {@code max}
     * @throws IllegalArgumentException if it is neither
     */
    public static Maximum parseBytes(String text) {
        return text.strip().equals(NO_LIMIT) ? NONE : of(DataSize.parse(text));
    }

    /**
     * Parses a limit of a count.
     *
     * @param text a whole number, or {@code max}
     * @throws IllegalArgumentException if it is neither
     */
    public static Maximum parseCount(String text) {
        String number = text.strip();
        if (number.equals(NO_LIMIT)) {
            return NONE;
        }
        if (!COUNT.matcher(number).matches()) {
            throw notUnderstood(text, null);
        }
        try {
            return of(Long.parseLong(number));
        } catch (NumberFormatException e) {
            throw notUnderstood(text, e);
        }
    }

    private static IllegalArgumentException notUnderstood(String text, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "number " + Quoted.of(text) + " is not understood: give a whole number of 0 or more, or max", cause);
    }

    /** {@return whether there is no limit} */
    public boolean isNone() {
        return value.isEmpty();
    }

    @Override
    public int compareTo(Maximum other) {
        return Long.compare(value.orElse(Long.MAX_VALUE), other.value.orElse(Long.MAX_VALUE));
    }

    /** {@return the number, or {@code max}} */
    @Override
    public String toString() {
        return isNone() ? NO_LIMIT : Long.toString(value.getAsLong());
    }
}
