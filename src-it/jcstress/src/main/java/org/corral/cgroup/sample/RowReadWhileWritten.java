package org.corral.cgroup.sample;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** A row is read as it was at some moment: never half of one sample and half of the next. */
@JCStressTest
@Outcome(id = "-1, -1, -1", expect = Expect.ACCEPTABLE, desc = "before the first sample")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "the first sample")
@Outcome(id = "2, 2, 2", expect = Expect.ACCEPTABLE, desc = "the second sample")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn")
@State
public class RowReadWhileWritten {

    private static final long ASKED = UsageColumn.PIDS.bit() | UsageColumn.IO_READS.bit();

    private final UsageTable table = new UsageTable(ASKED, 1);

    /** Samples twice. */
    @Actor
    public void write() {
        put(1);
        put(2);
    }

    private void put(long number) {
        long[] values = new long[UsageColumn.COUNT];
        values[UsageColumn.PIDS.index()] = number;
        values[UsageColumn.IO_READS.index()] = number;
        table.put(0, number, FileClass.CPU.bit(), ASKED, ASKED, values);
    }

    /** Reads both numbers and their time. */
    @Actor
    public void read(JJJ_Result seen) {
        UsageSample sample = table.read(0);
        seen.r1 = sample.get(UsageColumn.PIDS).orElse(-1);
        seen.r2 = sample.get(UsageColumn.IO_READS).orElse(-1);
        seen.r3 = sample.nanoTime(FileClass.CPU).orElse(-1);
    }
}
