package org.corral.core.unit;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.corral.core.text.Quoted;
import org.jspecify.annotations.Nullable;

/**
 * An amount of memory or storage, exact to the byte. Immutable.
 *
 * <p>Prefixes are binary, as for memory they are in {@code docker}, systemd and Mesos: {@code 64M}, {@code 64MB} and
 * {@code 64MiB} are all 64 · 2<sup>20</sup> bytes.
 *
 * @param bytes the amount in bytes, 0 or more
 */
public record DataSize(long bytes) implements Comparable<DataSize> {

    private static final Pattern FORM =
            Pattern.compile("(\\d{1,19}(?:\\.\\d{1,9})?)(?:([KMGTPE])(?:I?B)?|B)?", Pattern.CASE_INSENSITIVE);
    private static final String REMEDY = "give a whole or decimal number with an optional unit, as 4096, 64M or 1.5GiB";
    private static final String PREFIXES = "KMGTPE";

    /** Refuses negative amounts. */
    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("size " + bytes + " is negative: " + REMEDY);
        }
    }

    /** {@return a size of that many bytes} */
    public static DataSize ofBytes(long bytes) {
        return new DataSize(bytes);
    }

    /**
     * {@return a size of that many mebibytes}
     *
     * @throws ArithmeticException if it does not fit in 63 bits of bytes
     */
    public static DataSize ofMebibytes(long mebibytes) {
        return new DataSize(Math.multiplyExact(mebibytes, 1L << 20));
    }

    /**
     * Parses what a person writes: a number, whole or with up to nine decimals, and an optional unit.
     *
     * @param text for example {@code 4096}, {@code 64M}, {@code 1.5GiB}; letter case is ignored
     * @throws IllegalArgumentException if the text is not of that form, is not a whole number of bytes, or does not fit
     */
    public static DataSize parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("size " + Quoted.of(text) + " is not understood: " + REMEDY);
        }
        try {
            return new DataSize(new BigDecimal(parts.group(1))
                    .multiply(BigDecimal.valueOf(unit(parts.group(2))))
                    .longValueExact());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "size " + Quoted.of(text) + " is not a whole number of bytes below 8EiB", e);
        }
    }

    private static long unit(@Nullable String prefix) {
        return prefix == null ? 1 : 1L << (10 * (PREFIXES.indexOf(prefix.toUpperCase(Locale.ROOT)) + 1));
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** {@return the size with the largest unit that keeps it exact, as {@code 64MiB} or {@code 4097B}} */
    @Override
    public String toString() {
        int power = bytes == 0 ? 0 : Long.numberOfTrailingZeros(bytes) / 10;
        return power == 0 ? bytes + "B" : (bytes >> (10 * power)) + PREFIXES.substring(power - 1, power) + "iB";
    }

    /** {@return the size rounded to one decimal for people, as {@code 1.5GiB}} */
    public String toHumanString() {
        int power = bytes < 1024 ? 0 : (63 - Long.numberOfLeadingZeros(bytes)) / 10;
        if (power == 0) {
            return bytes + "B";
        }
        double scaled = bytes / (double) (1L << (10 * power));
        return String.format(Locale.ROOT, "%.1f%siB", scaled, PREFIXES.substring(power - 1, power));
    }
}
