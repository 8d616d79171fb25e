package org.corral.cgroup.sample;

import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Goes over all cgroups again and again as a plan has it. Confined to one thread but for {@link #progress}.
 *
 * <p>A pass has slices, and each a part of the rows and of the CPU share. Time that a slice leaves is the next one's, up to a whole
 * period's, and time that it took too much is taken from the next. When there is none, the rest of the slice is skipped; the next
 * pass begins with the first that was, so that it is not always the same ones.
 */
final class SamplingPasses {

    /** To look at the CPU's clock is a system call. */
    private static final int ROWS_BETWEEN_LOOKS = 16;

    private static final int NONE = -1;

    private final UsageSampler sampler;
    private final LongSupplier clock;
    private final LongSupplier cpuClock;
    private final Consumer<SamplingProgress> told;
    private final int slices;
    private final long periodNanos;
    private final long cpuOfSlice;
    private final int alwaysRead;
    private final int[] sometimesRead;
    private final int[] every;

    private boolean hasBegun;
    private long began;
    private long pass;
    private int slice;
    private int rows;
    private int done;
    private int first;
    private int firstSkipped = NONE;
    private long cpuLeft;
    private long cpu;
    private long skipped;
    private long missed;
    private long worked;
    private volatile SamplingProgress progress =
            new SamplingProgress(0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    /**
     * Does nothing yet.
     *
     * @param clock the time in nanoseconds, from anywhere on
     * @param cpuClock the CPU time of the thread that asks, in nanoseconds
     * @param told how the plan is kept to, when a pass has ended
     */
    SamplingPasses(
            UsageSampler sampler,
            SamplingPlan plan,
            LongSupplier clock,
            LongSupplier cpuClock,
            Consumer<SamplingProgress> told) {
        this.sampler = sampler;
        this.clock = clock;
        this.cpuClock = cpuClock;
        this.told = told;
        this.slices = plan.slices();
        this.periodNanos = plan.period().toNanos();
        this.cpuOfSlice = (long) (periodNanos * plan.cpuShare() / slices);
        FileClass[] sometimes = Arrays.stream(FileClass.values())
                .filter(fileClass -> plan.passesBetween(fileClass) > 1)
                .toArray(FileClass[]::new);
        this.sometimesRead = Arrays.stream(sometimes).mapToInt(FileClass::bit).toArray();
        this.alwaysRead = ~Arrays.stream(sometimesRead).sum();
        this.every = Arrays.stream(sometimes).mapToInt(plan::passesBetween).toArray();
    }

    /** {@return how the plan is kept to; for any thread} */
    SamplingProgress progress() {
        return progress;
    }

    /** {@return how many nanoseconds to wait for the next slice, after this one was sampled} */
    long run() {
        if (slice == 0) {
            begin();
        }
        long from = clock.getAsLong();
        sampleSlice();
        worked += clock.getAsLong() - from;
        slice++;
        long next = began + periodNanos * slice / slices;
        if (slice == slices) {
            end();
        }
        return next - clock.getAsLong();
    }

    private void begin() {
        long now = clock.getAsLong();
        long late = hasBegun ? (now - began) / periodNanos - 1 : 0;
        if (late > 0) {
            missed += late;
        }
        began = hasBegun && late <= 0 ? began + periodNanos : now;
        hasBegun = true;
        rows = sampler.end();
        worked = 0;
        done = 0;
        firstSkipped = NONE;
    }

    private void end() {
        pass++;
        slice = 0;
        first = firstSkipped == NONE ? 0 : firstSkipped;
        Duration took = Duration.ofNanos(clock.getAsLong() - began);
        progress = new SamplingProgress(pass, skipped, missed, took, Duration.ofNanos(worked), Duration.ofNanos(cpu));
        told.accept(progress);
    }

    private void sampleSlice() {
        long cpuBegan = cpuClock.getAsLong();
        long used = 0;
        cpuLeft = Math.min(cpuLeft + cpuOfSlice, cpuOfSlice * slices);
        for (int until = (int) ((long) rows * (slice + 1) / slices); done < until; done++) {
            if (done % ROWS_BETWEEN_LOOKS == 0) {
                used = cpuClock.getAsLong() - cpuBegan;
            }
            int row = (first + done) % rows;
            if (used < cpuLeft) {
                sampler.sample(row, classes(row));
            } else {
                skip(row);
            }
        }
        used = cpuClock.getAsLong() - cpuBegan;
        cpuLeft -= used;
        cpu += used;
    }

    private void skip(int row) {
        skipped++;
        if (firstSkipped == NONE) {
            firstSkipped = row;
        }
    }

    /** {@return what is due of a row, as bits} */
    private int classes(int row) {
        int classes = alwaysRead;
        for (int i = 0; i < every.length; i++) {
            if ((pass + row) % every[i] == 0) {
                classes |= sometimesRead[i];
            }
        }
        return classes;
    }
}
