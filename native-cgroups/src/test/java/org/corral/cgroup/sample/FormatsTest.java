package org.corral.cgroup.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

/** The forms of control files other than flat keys. */
class FormatsTest {

    private static final Format NUMBER = OneNumber.of(UsageColumn.MEMORY_BYTES);
    private static final Format LIMIT = OneNumber.limit(UsageColumn.MEMORY_LIMIT_BYTES);
    private static final Format STALLS = new StallTotals(UsageColumn.MEMORY_SOME_NANOS, UsageColumn.MEMORY_FULL_NANOS);
    private static final Format DEVICES = new DeviceCounts(UsageColumn.IO_READS, UsageColumn.IO_WRITES);
    private static final Format IO_STAT = new IoStat();

    @Test
    void oneNumber_number_isFound() {
        assertThat(Texts.parse(NUMBER, "4096\n")).containsOnly(entry(UsageColumn.MEMORY_BYTES, 4096L));
        assertThat(Texts.parse(NUMBER, "0")).containsOnly(entry(UsageColumn.MEMORY_BYTES, 0L));
    }

    @Test
    void oneNumber_tooLargeForALong_isTheLargest() {
        assertThat(Texts.parse(NUMBER, "9223372036854775808\n"))
                .containsOnly(entry(UsageColumn.MEMORY_BYTES, Long.MAX_VALUE));
        assertThat(Texts.parse(LIMIT, "9223372036854775808\n")).isEmpty();
    }

    @Test
    void oneNumber_noNumber_isAbsent() {
        assertThat(Texts.parse(NUMBER, "")).isEmpty();
        assertThat(Texts.parse(NUMBER, "12 34\n")).isEmpty();
        assertThat(Texts.parse(NUMBER, "x\n")).isEmpty();
    }

    @Test
    void limit_none_isAbsent() {
        assertThat(Texts.parse(LIMIT, "max\n")).isEmpty();
        assertThat(Texts.parse(LIMIT, "9223372036854771712\n")).isEmpty();
        assertThat(Texts.parse(LIMIT, "67108864\n")).containsOnly(entry(UsageColumn.MEMORY_LIMIT_BYTES, 67108864L));
    }

    @Test
    void stallTotals_bothLines_areFoundInNanoseconds() {
        assertThat(
                        Texts.parse(
                                STALLS,
                                "some avg10=0.00 avg60=1.50 avg300=0.00 total=12345\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=7\n"))
                .containsOnly(
                        entry(UsageColumn.MEMORY_SOME_NANOS, 12_345_000L),
                        entry(UsageColumn.MEMORY_FULL_NANOS, 7_000L));
    }

    @Test
    void stallTotals_zerosAtTheEnd_areDigits() {
        assertThat(Texts.parse(STALLS, "some total=100\nfull total=0\n"))
                .containsOnly(entry(UsageColumn.MEMORY_SOME_NANOS, 100_000L), entry(UsageColumn.MEMORY_FULL_NANOS, 0L));
    }

    @Test
    void stallTotals_mostMicrosecondsOfALong_areExact() {
        assertThat(Texts.parse(STALLS, "some total=9223372036854775\n")).containsValue(9_223_372_036_854_775_000L);
    }

    @Test
    void stallTotals_oneLineAndOthers_isFoundAlone() {
        assertThat(Texts.parse(STALLS, "new avg10=1 total=9\nsome total=3\n\nfull avg10=0.00\nfull total=\n"))
                .containsOnly(entry(UsageColumn.MEMORY_SOME_NANOS, 3_000L));
        assertThat(Texts.parse(STALLS, "some 5\nf\n")).isEmpty();
        assertThat(Texts.parse(STALLS, "some total=18446744073709551615\n")).containsValue(Long.MAX_VALUE);
    }

    @Test
    void deviceCounts_devices_areSummed() {
        assertThat(Texts.parse(
                        DEVICES,
                        "8:0 Read 1\n8:0 Write 2\n8:0 Sync 3\n8:0 Total 3\n259:1 Read 10\n259:1 Write 20\nTotal 33\n"))
                .containsOnly(entry(UsageColumn.IO_READS, 11L), entry(UsageColumn.IO_WRITES, 22L));
    }

    @Test
    void deviceCounts_nothingDone_isZero() {
        assertThat(Texts.parse(DEVICES, "8:0 Read 0\n8:0 Write 0\n8:16 Read 0\n"))
                .containsOnly(entry(UsageColumn.IO_READS, 0L), entry(UsageColumn.IO_WRITES, 0L));
        assertThat(DEVICES.columns()).isEqualTo(UsageColumn.IO_READS.bit() | UsageColumn.IO_WRITES.bit());
    }

    @Test
    void deviceCounts_noDevice_isAbsent() {
        assertThat(Texts.parse(DEVICES, "Total 0\n")).isEmpty();
        assertThat(Texts.parse(DEVICES, "Read 5\n8:0 Read\n8:0 Read x\n8:0 Read 1x\n"))
                .isEmpty();
    }

    @Test
    void ioStat_devices_areSummed() {
        assertThat(
                        Texts.parse(
                                IO_STAT,
                                "8:0 rbytes=1 wbytes=2 rios=3 wios=4 dbytes=5 dios=6\n8:16 cost.usage=9 rbytes=10 wbytes=20 rios=30 wios=40\n"))
                .containsOnly(
                        entry(UsageColumn.IO_READ_BYTES, 11L),
                        entry(UsageColumn.IO_WRITE_BYTES, 22L),
                        entry(UsageColumn.IO_READS, 33L),
                        entry(UsageColumn.IO_WRITES, 44L));
    }

    @Test
    void ioStat_nothingUsed_isZero() {
        assertThat(Texts.parse(IO_STAT, "")).hasSize(4).containsValue(0L).doesNotContainValue(1L);
    }

    @Test
    void stallTotals_linesThatBeginAlike_arePassedOver() {
        assertThat(Texts.parse(STALLS, "somebody total=1\nsome\ttotal=2\nfuller total=3\n"))
                .isEmpty();
    }

    @Test
    void deviceCounts_lineWithoutDevice_isPassedOver() {
        assertThat(Texts.parse(DEVICES, " Read 5\n8:0 Write 1\n Write 7\n"))
                .containsOnly(entry(UsageColumn.IO_WRITES, 1L));
    }

    @Test
    void ioStat_numberThatGoesOnInOtherBytes_isPassedOver() {
        assertThat(Texts.parse(IO_STAT, "8:0 rbytes=1é wbytes=2\t rios=3\u0000 wios=4"))
                .containsOnly(entry(UsageColumn.IO_WRITES, 4L));
    }

    @Test
    void ioStat_whatIsNoNumber_isPassedOver() {
        assertThat(Texts.parse(IO_STAT, "8:0 rbytes= wbytes=x rios=3x wios=4"))
                .containsOnly(entry(UsageColumn.IO_WRITES, 4L));
    }
}
