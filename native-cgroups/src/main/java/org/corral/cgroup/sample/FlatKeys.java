package org.corral.cgroup.sample;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A file of {@code key number} lines, as {@code memory.stat}. Immutable. Kernel: admin-guide/cgroup-v2.rst, “Flat keyed”.
 *
 * <p>This is a hot path. Most of the 40 to 70 lines of {@code memory.stat} are of no interest, and to see that must be cheap: the first
 * eight bytes of a line, cut off behind its space, are looked up in a table of the wanted keys' first eight. Keys that agree in these are
 * beside each other in the table, and are told apart by the rest of their bytes, space and all, eight at a time. When all wanted
 * keys are found, the rest of the file is not looked at.
 */
final class FlatKeys implements Format {

    private static final long SPACES = 0x2020_2020_2020_2020L;
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L; // 2^64 by the golden ratio: Knuth, TAOCP 3, 6.4
    private static final int NO_KEY = -1;

    private final int[] table;
    private final int shift;
    private final long[] firsts;
    private final long[][] rests;
    private final long[][] masks;
    private final int[] lengths;
    private final int[] columns;
    private final long[] factors;
    private final long[] largest;
    private final long all;

    /** Looks for the numbers of these keys. */
    FlatKeys(List<Field> fields) {
        int count = fields.size();
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * count); // at most half full
        table = new int[1 << bits];
        shift = Long.SIZE - bits;
        firsts = new long[count];
        rests = new long[count][];
        masks = new long[count][];
        Arrays.fill(table, NO_KEY);
        for (int key = 0; key < count; key++) {
            enter(key, fields.get(key).key());
        }
        lengths = fields.stream().mapToInt(field -> field.key().length() + 1).toArray();
        columns = fields.stream().mapToInt(field -> field.column().index()).toArray();
        factors = fields.stream().mapToLong(Field::factor).toArray();
        largest = fields.stream().mapToLong(Field::largest).toArray();
        all = fields.stream().mapToLong(field -> field.column().bit()).reduce(0, (a, b) -> a | b);
    }

    private void enter(int key, String name) {
        byte[] bytes = (name + " ").getBytes(StandardCharsets.US_ASCII);
        firsts[key] = word(bytes, 0) & throughSpace(word(bytes, 0));
        int words = bytes.length > Long.BYTES ? (bytes.length - 1) / Long.BYTES : 0;
        rests[key] = new long[words];
        masks[key] = new long[words];
        for (int word = 0; word < words; word++) {
            rests[key][word] = word(bytes, (word + 1) * Long.BYTES);
            masks[key][word] = mask(bytes.length - (word + 1) * Long.BYTES);
        }
        int slot = slot(firsts[key]);
        while (table[slot] != NO_KEY) {
            slot = next(slot);
        }
        table[slot] = key;
    }

    /** {@return eight bytes as a file has them in memory, with zeros after the last} */
    private static long word(byte[] bytes, int from) {
        byte[] eight = Arrays.copyOf(Arrays.copyOfRange(bytes, from, bytes.length), Long.BYTES);
        return ByteBuffer.wrap(eight).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private static long mask(int bytes) {
        return bytes >= Long.BYTES ? -1 : (1L << (bytes * Byte.SIZE)) - 1;
    }

    @Override
    public long columns() {
        return all;
    }

    @Override
    public long parse(KernelText text, long[] values) {
        long found = 0;
        int line = 0;
        while (line < text.length() && found != all) {
            int key = find(text, line);
            int looked = line;
            if (key != NO_KEY) {
                found |= take(text, line + lengths[key], key, values);
                looked = text.end();
            }
            line = text.lineEnd(looked) + 1;
        }
        return found;
    }

    /** {@return the column's bit; none if the rest of the line is no number} */
    private long take(KernelText text, int position, int key, long[] values) {
        long number = text.number(position);
        if (number == KernelText.NONE || text.at(text.end()) != '\n') {
            return 0;
        }
        values[columns[key]] = number <= largest[key] ? number * factors[key] : Long.MAX_VALUE;
        return 1L << columns[key];
    }

    private int find(KernelText text, int line) {
        long word = text.word(line);
        long first = word & throughSpace(word);
        int slot = slot(first);
        int key = table[slot];
        while (key != NO_KEY && !(firsts[key] == first && hasRest(text, line, key))) {
            slot = next(slot);
            key = table[slot];
        }
        return key;
    }

    private boolean hasRest(KernelText text, int line, int key) {
        long[] rest = rests[key];
        long[] mask = masks[key];
        for (int word = 0; word < rest.length; word++) {
            if ((text.word(line + (word + 1) * Long.BYTES) & mask[word]) != rest[word]) {
                return false;
            }
        }
        return true;
    }

    /** {@return a mask of the bytes through the first space; of all if there is none} */
    private static long throughSpace(long word) {
        long space = KernelText.zeros(word ^ SPACES);
        return (Long.lowestOneBit(space) << 1) - 1;
    }

    private int slot(long first) {
        return (int) ((first * SPREAD) >>> shift);
    }

    private int next(int slot) {
        return (slot + 1) & (table.length - 1);
    }
}
