package org.corral.cgroup.sample;

/**
 * A file that is one number, or {@code max}. Immutable. A limit that is none, and so absent, v1 prints as the largest whole number
 * of pages below 2<sup>63</sup>.
 */
final class OneNumber implements Format {

    /** See {@link org.corral.cgroup.controller.Limit}: pages have 64 KiB at most. */
    private static final long LEAST_NO_LIMIT = Long.MAX_VALUE & -(64L << 10);

    private final int column;
    private final long bit;
    private final long most;

    private OneNumber(UsageColumn column, long most) {
        this.column = column.index();
        this.bit = column.bit();
        this.most = most;
    }

    /** {@return a file with a count or a size} */
    static OneNumber of(UsageColumn column) {
        return new OneNumber(column, Long.MAX_VALUE);
    }

    /** {@return a file with a limit} */
    static OneNumber limit(UsageColumn column) {
        return new OneNumber(column, LEAST_NO_LIMIT - 1);
    }

    @Override
    public long columns() {
        return bit;
    }

    @Override
    public long parse(KernelText text, long[] values) {
        long number = text.number(0);
        if (number == KernelText.NONE || text.at(text.end()) != '\n' || number > most) {
            return 0;
        }
        values[column] = number;
        return bit;
    }
}
