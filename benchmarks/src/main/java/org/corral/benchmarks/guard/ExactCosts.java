package org.corral.benchmarks.guard;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.OptionalLong;
import org.corral.benchmarks.BenchmarkLinux;
import org.corral.benchmarks.FiveFiles;
import org.corral.benchmarks.ManyCgroups;
import org.corral.cgroup.controller.CpuBandwidth;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.limit.LimitPlan;
import org.corral.cgroup.limit.LimitWriter;
import org.corral.cgroup.sample.SampledCgroup;
import org.corral.cgroup.sample.UsageSampler;
import org.corral.core.unit.DataSize;
import org.corral.linux.Linux;

/** What needs no statistics: the objects and the system calls of a steady state, counted. */
final class ExactCosts {

    private static final int COUNTED = 10_000;

    /** So many times more that the compiler is done with it. */
    private static final int WARM_UPS = 3;

    private static final int MANY = 100;
    private static final int PASSES = 1_000;

    /** In bytes for each operation: less than an object in each hundred. */
    private static final double ALLOCATION_BOUND = 0.1;

    private static final long SHARES = 2048;
    private static final CpuBandwidth BANDWIDTH = new CpuBandwidth(OptionalLong.of(50_000), 100_000);
    private static final Limit MEMORY = Limit.of(DataSize.ofMebibytes(64));

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ExactCosts() {}

    /** {@return the verdicts on one sample of one cgroup} */
    static List<Verdict> ofSample() throws IOException {
        Linux linux = Linux.ofThisHost();
        CountingCalls counting = new CountingCalls();
        try (ManyCgroups one = new ManyCgroups(linux, 1);
                FiveFiles files = new FiveFiles(one.all().get(0), true);
                UsageSampler plain = sampler(linux, one);
                UsageSampler counted = sampler(counting.on(linux), one)) {
            SampledCgroup first = plain.add(one.all().get(0));
            SampledCgroup second = counted.add(one.all().get(0));
            return List.of(
                    allocation("bytes allocated by a sample", () -> plain.sample(first)),
                    calls("system calls of a sample", files.paths().size(), counting, () -> counted.sample(second)));
        }
    }

    /** {@return the verdict on a pass over many cgroups} */
    static Verdict ofPass() throws IOException {
        Linux linux = Linux.ofThisHost();
        try (ManyCgroups many = new ManyCgroups(linux, MANY);
                UsageSampler sampler = sampler(linux, many)) {
            many.all().forEach(sampler::add);
            return allocation("bytes allocated by a pass over 100 cgroups", PASSES, sampler::sampleAll);
        }
    }

    /** {@return the verdicts on an update of shares, quota and memory limit that changes nothing} */
    static List<Verdict> ofUnchangedUpdate() throws IOException {
        Linux linux = Linux.ofThisHost();
        CountingCalls counting = new CountingCalls();
        try (ManyCgroups one = new ManyCgroups(linux, 1);
                LimitWriter plain = new LimitWriter(linux, one.all().get(0));
                LimitWriter counted =
                        new LimitWriter(counting.on(linux), one.all().get(0))) {
            Runnable update = update(plain.plan());
            return List.of(
                    allocation("bytes allocated by an unchanged update", update),
                    calls("system calls of an unchanged update", 0, counting, update(counted.plan())));
        }
    }

    private static Runnable update(LimitPlan plan) {
        return () -> {
            try {
                plan.clear()
                        .cpuShares(SHARES)
                        .cpuBandwidth(BANDWIDTH)
                        .memory(MEMORY)
                        .apply();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static UsageSampler sampler(Linux linux, ManyCgroups cgroups) {
        return new UsageSampler(BenchmarkLinux.measured(linux), cgroups.layout(), FiveFiles.columns(true));
    }

    private static Verdict allocation(String what, Runnable operation) {
        return allocation(what, COUNTED, operation);
    }

    private static Verdict allocation(String what, int times, Runnable operation) {
        repeat(WARM_UPS * times, operation);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        repeat(times, operation);
        double each = (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) times;
        return new Verdict(what, each, ALLOCATION_BOUND, true, each <= ALLOCATION_BOUND);
    }

    /** Not fewer either: then something would not have been done. */
    private static Verdict calls(String what, int expected, CountingCalls calls, Runnable operation) {
        operation.run();
        long before = calls.count();
        repeat(COUNTED, operation);
        double each = (calls.count() - before) / (double) COUNTED;
        return new Verdict(what, each, expected, true, each == expected);
    }

    private static void repeat(int times, Runnable operation) {
        for (int time = 0; time < times; time++) {
            operation.run();
        }
    }
}
