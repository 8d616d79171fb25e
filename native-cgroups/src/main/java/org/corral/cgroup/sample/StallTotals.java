package org.corral.cgroup.sample;

/**
 * Pressure stall information: {@code some avg10=0.00 avg60=0.00 avg300=0.00 total=0} and the same for {@code full}. Immutable. Kernel:
 * accounting/psi.rst.
 *
 * <p>The total is what a sample needs, as the averages follow from two of them. It ends the line, so it is read from there backwards.
 */
final class StallTotals implements Format {

    private static final long LARGEST_MICROS = Long.MAX_VALUE / Field.NANOS_PER_MICRO;
    private static final byte[] SOME = KernelText.ascii("some ");
    private static final byte[] FULL = KernelText.ascii("full ");
    private static final byte[] TOTAL = KernelText.ascii(" total=");

    private final UsageColumn some;
    private final UsageColumn full;

    StallTotals(UsageColumn some, UsageColumn full) {
        this.some = some;
        this.full = full;
    }

    @Override
    public long columns() {
        return some.bit() | full.bit();
    }

    @Override
    public long parse(KernelText text, long[] values) {
        long found = 0;
        for (int line = 0; line < text.length(); line = text.lineEnd(line) + 1) {
            if (text.has(SOME, line)) {
                found |= take(text, line, some, values);
            } else if (text.has(FULL, line)) {
                found |= take(text, line, full, values);
            }
        }
        return found;
    }

    private static long take(KernelText text, int line, UsageColumn column, long[] values) {
        int digits = text.lineEnd(line);
        while (text.digit(digits - 1) >= 0) { // a line begins with a letter
            digits--;
        }
        int key = digits - TOTAL.length;
        long micros = key > line && text.has(TOTAL, key) ? text.number(digits) : KernelText.NONE;
        if (micros == KernelText.NONE) {
            return 0;
        }
        values[column.index()] = micros <= LARGEST_MICROS ? micros * Field.NANOS_PER_MICRO : Long.MAX_VALUE;
        return column.bit();
    }
}
