package org.corral.cgroup.sample;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.corral.linux.raw.BufferCalls;

/** Control files of tests: their text gets into memory as a kernel would put it there. */
final class Texts implements BufferCalls {

    private final byte[] content;
    int reads;

    Texts(String content) {
        this(content.getBytes(StandardCharsets.UTF_8));
    }

    Texts(byte[] content) {
        this.content = content;
    }

    /** {@return the text, read} */
    static KernelText read(String content) {
        KernelText text = new KernelText();
        text.read(new Texts(content), 0);
        return text;
    }

    /** {@return what a format finds in a text} */
    static Map<UsageColumn, Long> parse(Format format, String content) {
        return parse(format, read(content));
    }

    /** {@return what a format finds in a text that was read} */
    static Map<UsageColumn, Long> parse(Format format, KernelText text) {
        long[] values = new long[UsageColumn.COUNT];
        long found = format.parse(text, values);
        Map<UsageColumn, Long> byColumn = new EnumMap<>(UsageColumn.class);
        for (UsageColumn column : UsageColumn.values()) {
            if ((found & column.bit()) != 0) {
                byColumn.put(column, values[column.index()]);
            }
        }
        return byColumn;
    }

    @Override
    public int readInto(int fd, long address, int size) {
        reads++;
        int count = Math.min(size, content.length);
        Pointer.wrap(Runtime.getSystemRuntime(), address).put(0, content, 0, count);
        return count;
    }

    @Override
    public int writeFrom(int fd, long address, int size) {
        throw new UnsupportedOperationException();
    }
}
