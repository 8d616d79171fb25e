package org.corral.cgroup.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The sampler's parsers, which work in the memory that the kernel wrote to, against a plain reader of the same text. */
class FormatsFuzzTest {

    /** Keys that are shorter and longer than a word, a whole word, one less, and that agree in their first, and first two, words. */
    private static final List<Field> FIELDS = List.of(
            Field.of("anon", UsageColumn.ANON_BYTES),
            Field.of("pgfault", UsageColumn.PAGE_FAULTS),
            Field.of("pgfaults", UsageColumn.MAJOR_PAGE_FAULTS),
            Field.of("total_inactive_anon", UsageColumn.INACTIVE_ANON_BYTES),
            Field.of("total_inactive_file", UsageColumn.INACTIVE_FILE_BYTES),
            Field.micros("usage_usec", UsageColumn.CPU_NANOS),
            Field.ticks("user", UsageColumn.CPU_USER_NANOS));

    private static final Map<String, UsageColumn> IO_COLUMNS = Map.of(
            "rbytes", UsageColumn.IO_READ_BYTES,
            "wbytes", UsageColumn.IO_WRITE_BYTES,
            "rios", UsageColumn.IO_READS,
            "wios", UsageColumn.IO_WRITES);

    /** What a longer file has left behind in the memory: whoever reads on behind a text takes this for a part of it. */
    private static final byte[] LEFT_BEHIND =
            "9 8:0 Read 9 rbytes=9 total=9\n".repeat(100).getBytes(StandardCharsets.US_ASCII);

    private static final Format FLAT_KEYS = new FlatKeys(FIELDS);
    private static final Format NUMBER = OneNumber.of(UsageColumn.MEMORY_BYTES);
    private static final Format LIMIT = OneNumber.limit(UsageColumn.MEMORY_LIMIT_BYTES);
    private static final Format STALLS = new StallTotals(UsageColumn.MEMORY_SOME_NANOS, UsageColumn.MEMORY_FULL_NANOS);
    private static final Format DEVICES = new DeviceCounts(UsageColumn.IO_READS, UsageColumn.IO_WRITES);
    private static final Format IO_STAT = new IoStat();

    private final KernelText memory = new KernelText();

    /** {@return what the sampler finds; a character is a byte} */
    private Map<UsageColumn, Long> found(Format format, byte[] input) {
        memory.read(new Texts(LEFT_BEHIND), 0);
        memory.read(new Texts(input), 0);
        return Texts.parse(format, memory);
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.ISO_8859_1);
    }

    @FuzzTest
    void flatKeys_anyBytes_areAsPlainlyRead(byte[] input) {
        assertThat(found(FLAT_KEYS, input)).isEqualTo(PlainReader.flatKeys(FIELDS, text(input)));
    }

    @FuzzTest
    void numberAndLimit_anyBytes_areAsPlainlyRead(byte[] input) {
        String text = text(input);

        assertThat(found(NUMBER, input)).isEqualTo(PlainReader.number(UsageColumn.MEMORY_BYTES, text));
        assertThat(found(LIMIT, input)).isEqualTo(PlainReader.limit(UsageColumn.MEMORY_LIMIT_BYTES, text));
    }

    @FuzzTest
    void stallTotals_anyBytes_areAsPlainlyRead(byte[] input) {
        assertThat(found(STALLS, input))
                .isEqualTo(
                        PlainReader.stalls(UsageColumn.MEMORY_SOME_NANOS, UsageColumn.MEMORY_FULL_NANOS, text(input)));
    }

    @FuzzTest
    void deviceCounts_anyBytes_areAsPlainlyRead(byte[] input) {
        assertThat(found(DEVICES, input))
                .isEqualTo(PlainReader.devices(UsageColumn.IO_READS, UsageColumn.IO_WRITES, text(input)));
    }

    @FuzzTest
    void ioStat_anyBytes_areAsPlainlyRead(byte[] input) {
        assertThat(found(IO_STAT, input)).isEqualTo(PlainReader.ioStat(IO_COLUMNS, text(input)));
    }
}
