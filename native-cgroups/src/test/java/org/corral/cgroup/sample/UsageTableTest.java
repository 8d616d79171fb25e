package org.corral.cgroup.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.corral.testing.Background;
import org.junit.jupiter.api.Test;

class UsageTableTest {

    private static final long BOTH = UsageColumn.MEMORY_BYTES.bit() | UsageColumn.PIDS.bit();

    private final UsageTable table = new UsageTable(BOTH, 2);
    private final long[] values = new long[UsageColumn.COUNT];

    private void put(int row, long value) {
        Arrays.fill(values, value);
        table.put(row, value + 1, FileClass.MEMORY.bit(), BOTH, BOTH, values);
    }

    @Test
    void put_columnThatIsNotWanted_isNotKept() {
        table.put(0, 1, FileClass.IO.bit(), -1, -1, values);

        assertThat(table.read(0).get(UsageColumn.IO_READS)).isEmpty();
        assertThat(table.read(0, UsageColumn.IO_READS, -1)).isEqualTo(-1);
        assertThat(table.read(0, UsageColumn.PIDS, -1)).isZero();
    }

    @Test
    void put_columnThatWasNotAskedFor_staysAsItWas() {
        put(0, 7);

        table.put(0, 9, FileClass.PIDS.bit(), UsageColumn.PIDS.bit(), 0, values);

        assertThat(table.read(0).get(UsageColumn.PIDS)).isEmpty();
        assertThat(table.read(0).get(UsageColumn.MEMORY_BYTES)).isEqualTo(OptionalLong.of(7));
        assertThat(table.read(0).nanoTime(FileClass.MEMORY)).hasValue(8);
        assertThat(table.read(0).nanoTime(FileClass.PIDS)).hasValue(9);
    }

    @Test
    void grown_rows_areThereWithMoreBehind() {
        put(1, 7);

        UsageTable grown = table.grown();

        assertThat(grown.rows()).isEqualTo(4);
        assertThat(grown.read(1, UsageColumn.PIDS, -1)).isEqualTo(7);
        assertThat(grown.read(1).nanoTime(FileClass.MEMORY)).hasValue(8);
        assertThat(grown.read(3, UsageColumn.PIDS, -1)).isEqualTo(-1);
    }

    @Test
    void clear_row_isEmpty() {
        put(0, 7);

        table.clear(0);

        assertThat(table.read(0).get(UsageColumn.PIDS)).isEmpty();
        assertThat(table.read(0).nanoTime(FileClass.MEMORY)).isEmpty();
    }

    @Test
    void read_whileItIsWritten_isNeverHalfOfOneSampleAndHalfOfAnother() {
        put(0, 0);
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> reader = Background.run(() -> {
            while (!ended.get()) {
                UsageSample sample = table.read(0);
                long memory = sample.get(UsageColumn.MEMORY_BYTES).orElseThrow();
                assertThat(sample.get(UsageColumn.PIDS)).hasValue(memory);
                assertThat(sample.nanoTime(FileClass.MEMORY)).hasValue(memory + 1);
            }
        });
        for (long value = 1; value < 2_000_000 && !reader.isDone(); value++) {
            put(0, value);
        }
        ended.set(true);
        reader.join();
    }
}
