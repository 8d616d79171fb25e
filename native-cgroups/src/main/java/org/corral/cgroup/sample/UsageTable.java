package org.corral.cgroup.sample;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * Samples: a row for each cgroup, a primitive column for each number, a bit for each that is there. The number of rows is fixed.
 *
 * <p>One thread at a time writes, any number read, and neither waits. A row has a version, odd while it is written: who reads
 * it and finds the version odd or changed reads again.
 */
final class UsageTable {

    private static final VarHandle VERSION = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int CLASSES = FileClass.values().length;

    private final long wanted;
    private final long[][] columns = new long[UsageColumn.COUNT][];
    private final long[][] stamps = new long[CLASSES][];
    private final long[] present;
    private final long[] versions;

    /** Makes that many empty rows of the columns, given as bits. */
    UsageTable(long wanted, int rows) {
        this.wanted = wanted;
        present = new long[rows];
        versions = new long[rows];
        Arrays.setAll(stamps, any -> new long[rows]);
        for (int column = 0; column < columns.length; column++) {
            columns[column] = (wanted >>> column & 1) == 1 ? new long[rows] : columns[column];
        }
    }

    /** {@return the same with twice the rows} Whoever still reads this one finds what was written last. */
    UsageTable grown() {
        UsageTable grown = new UsageTable(wanted, 2 * rows());
        copy(present, grown.present);
        for (int i = 0; i < CLASSES; i++) {
            copy(stamps[i], grown.stamps[i]);
        }
        for (int column = 0; column < columns.length; column++) {
            if (columns[column] != null) {
                copy(columns[column], grown.columns[column]);
            }
        }
        return grown;
    }

    private static void copy(long[] from, long[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
    }

    int rows() {
        return present.length;
    }

    /**
     * Writes a sample.
     *
     * @param classes whose files were read, as bits
     * @param asked the columns that were looked for, as bits: those not found are absent now
     * @param found the columns that were found, as bits
     */
    void put(int row, long now, int classes, long asked, long found, long[] values) {
        long version = versions[row];
        VERSION.setOpaque(versions, row, version + 1);
        VarHandle.storeStoreFence();
        long taken = found & wanted;
        for (long left = taken; left != 0; left &= left - 1) {
            int column = Long.numberOfTrailingZeros(left);
            columns[column][row] = values[column];
        }
        for (int left = classes; left != 0; left &= left - 1) {
            stamps[Integer.numberOfTrailingZeros(left)][row] = now;
        }
        present[row] = (present[row] & ~asked) | taken;
        VERSION.setRelease(versions, row, version + 2);
    }

    /** Makes a row empty. */
    void clear(int row) {
        put(row, 0, (1 << CLASSES) - 1, -1, 0, new long[0]);
    }

    /** {@return one row as it was at some moment} */
    UsageSample read(int row) {
        long[] values = new long[UsageColumn.COUNT];
        long[] times = new long[CLASSES];
        while (true) {
            long version = (long) VERSION.getAcquire(versions, row);
            long there = present[row];
            for (long left = there; left != 0; left &= left - 1) {
                int column = Long.numberOfTrailingZeros(left);
                values[column] = columns[column][row];
            }
            for (int i = 0; i < CLASSES; i++) {
                times[i] = stamps[i][row];
            }
            if (isStill(version, row)) {
                return new UsageSample(there, values, times);
            }
        }
    }

    /** {@return when the files of a class were read last, 0 if never; for the thread that writes} */
    long time(int row, FileClass fileClass) {
        return stamps[fileClass.index()][row];
    }

    /** {@return one number, or what to return if it is absent} */
    long read(int row, UsageColumn column, long ifAbsent) {
        if ((wanted & column.bit()) == 0) {
            return ifAbsent;
        }
        while (true) {
            long version = (long) VERSION.getAcquire(versions, row);
            long value = (present[row] & column.bit()) == 0 ? ifAbsent : columns[column.index()][row];
            if (isStill(version, row)) {
                return value;
            }
        }
    }

    private boolean isStill(long version, int row) {
        VarHandle.loadLoadFence();
        boolean still = (version & 1) == 0 && version == (long) VERSION.getOpaque(versions, row);
        if (!still) {
            Thread.onSpinWait();
        }
        return still;
    }
}
