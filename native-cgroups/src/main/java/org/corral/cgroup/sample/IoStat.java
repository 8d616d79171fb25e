package org.corral.cgroup.sample;

import java.util.List;

/**
 * {@code io.stat} of v2, of lines as {@code 8:0 rbytes=4096 wbytes=0 rios=1 wios=0}, summed over the devices. Immutable. Without a
 * line nothing was used. Some kernels print devices without numbers and leave out their line ends. Kernel:
 * admin-guide/cgroup-v2.rst.
 */
final class IoStat implements Format {

    private static final List<Field> FIELDS = List.of(
            Field.of(" rbytes=", UsageColumn.IO_READ_BYTES),
            Field.of(" wbytes=", UsageColumn.IO_WRITE_BYTES),
            Field.of(" rios=", UsageColumn.IO_READS),
            Field.of(" wios=", UsageColumn.IO_WRITES));

    private final byte[][] keys =
            FIELDS.stream().map(field -> KernelText.ascii(field.key())).toArray(byte[][]::new);
    private final int[] columns =
            FIELDS.stream().mapToInt(field -> field.column().index()).toArray();
    private final long all =
            FIELDS.stream().mapToLong(field -> field.column().bit()).sum();

    @Override
    public long columns() {
        return all;
    }

    @Override
    public long parse(KernelText text, long[] values) {
        for (int column : columns) {
            values[column] = 0;
        }
        long found = text.length() == 0 ? all : 0;
        int word = 0;
        while (word < text.length()) {
            if (text.at(word) == ' ') {
                found |= add(text, word, values);
            }
            word++;
        }
        return found;
    }

    private long add(KernelText text, int word, long[] values) {
        for (int key = 0; key < keys.length; key++) {
            if (text.has(keys[key], word)) {
                return add(text, word + keys[key].length, columns[key], values);
            }
        }
        return 0;
    }

    private static long add(KernelText text, int position, int column, long[] values) {
        long count = text.number(position);
        byte next = text.at(text.end());
        if (count == KernelText.NONE || (next != ' ' && next != '\n')) {
            return 0;
        }
        values[column] = KernelText.plus(values[column], count);
        return 1L << column;
    }
}
