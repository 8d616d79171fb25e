package org.corral.core.unit;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.corral.core.text.Quoted;

/**
 * An amount of processor time per wall time, in CPUs, exact to a billionth. Immutable.
 *
 * <p>Kept as an integer because cgroup files are integers: a {@code double} once turned the quota of ten CPUs into
 * {@code 1e+06} (MESOS-1049).
 *
 * @param nanoCpus billionths of a CPU, above 0
 */
public record CpuAmount(long nanoCpus) implements Comparable<CpuAmount> {

    /** Billionths in one CPU. */
    public static final long NANOS_PER_CPU = 1_000_000_000L;

    /** More than any Linux host has; keeps every product with a CFS period inside 63 bits. */
    private static final long MAX_NANOS = 1_000_000L * NANOS_PER_CPU;

    private static final Pattern FORM = Pattern.compile("\\d{1,7}(?:\\.\\d{1,9})?");
    private static final String REMEDY = "give a number of CPUs above 0 and up to 1000000, as 2, 0.5 or 1.25";

    /** Refuses amounts that are not above zero or that no host could have. */
    public CpuAmount {
        if (nanoCpus <= 0 || nanoCpus > MAX_NANOS) {
            throw new IllegalArgumentException(
                    "cpu amount " + BigDecimal.valueOf(nanoCpus, 9).toPlainString() + " is out of range: " + REMEDY);
        }
    }

    /** {@return that many whole CPUs} */
    public static CpuAmount ofCpus(int cpus) {
        return new CpuAmount(cpus * NANOS_PER_CPU);
    }

    /**
     * Parses a decimal number of CPUs.
     *
     * @param text for example {@code 2} or {@code 0.5}; up to nine decimals
     * @throws IllegalArgumentException if the text is not such a number or not above zero
     */
    public static CpuAmount parse(String text) {
        String number = text.strip();
        if (!FORM.matcher(number).matches()) {
            throw new IllegalArgumentException("cpu amount " + Quoted.of(text) + " is not understood: " + REMEDY);
        }
        return new CpuAmount(new BigDecimal(number).movePointRight(9).longValueExact());
    }

    /**
     * {@return this amount of {@code perCpu}, rounded down: 0.5 CPU of 1024 is 512}
     *
     * @param perCpu 0 to 9 billion, which is more than any weight or period in any unit
     * @throws ArithmeticException if a larger one does not fit
     */
    public long of(long perCpu) {
        long whole = Math.multiplyExact(nanoCpus / NANOS_PER_CPU, perCpu);
        return whole + Math.multiplyExact(nanoCpus % NANOS_PER_CPU, perCpu) / NANOS_PER_CPU;
    }

    @Override
    public int compareTo(CpuAmount other) {
        return Long.compare(nanoCpus, other.nanoCpus);
    }

    /** {@return the number of CPUs without trailing zeros, as {@code 0.5}} */
    @Override
    public String toString() {
        return BigDecimal.valueOf(nanoCpus, 9).stripTrailingZeros().toPlainString();
    }
}
