package org.corral.cgroup.sample;

/**
 * What v1 counts for block devices, of lines as {@code 8:0 Read 4096}, summed over the devices. Immutable. Absent where no device is
 * counted: see {@link org.corral.core.usage.IoUsage}. Kernel: admin-guide/cgroup-v1/blkio-controller.rst.
 */
final class DeviceCounts implements Format {

    private static final byte[] READ = KernelText.ascii(" Read ");
    private static final byte[] WRITE = KernelText.ascii(" Write ");

    private final UsageColumn reads;
    private final UsageColumn writes;

    DeviceCounts(UsageColumn reads, UsageColumn writes) {
        this.reads = reads;
        this.writes = writes;
    }

    @Override
    public long columns() {
        return reads.bit() | writes.bit();
    }

    @Override
    public long parse(KernelText text, long[] values) {
        long found = 0;
        values[reads.index()] = 0;
        values[writes.index()] = 0;
        for (int line = 0; line < text.length(); line = text.lineEnd(line) + 1) {
            int operation = text.deviceEnd(line);
            found |= operation == line ? 0 : take(text, operation, values);
        }
        return found;
    }

    private long take(KernelText text, int operation, long[] values) {
        if (text.has(READ, operation)) {
            return add(text, operation + READ.length, reads, values);
        }
        return text.has(WRITE, operation) ? add(text, operation + WRITE.length, writes, values) : 0;
    }

    private static long add(KernelText text, int position, UsageColumn column, long[] values) {
        long count = text.number(position);
        if (count == KernelText.NONE || text.at(text.end()) != '\n') {
            return 0;
        }
        values[column.index()] = KernelText.plus(values[column.index()], count);
        return column.bit();
    }
}
