package org.corral.benchmarks.guard;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.corral.benchmarks.BenchmarkLinux;
import org.corral.benchmarks.FiveFiles;
import org.corral.benchmarks.ManyCgroups;
import org.corral.cgroup.sample.SampledCgroup;
import org.corral.cgroup.sample.UsageSampler;
import org.corral.linux.Linux;

/** What needs no statistics: the objects and the system calls of a steady state, counted. */
final class ExactCosts {

    /** So often that the compiler is done with it. */
    private static final int WARM_UP = 30_000;

    private static final int COUNTED = 10_000;

    /** In bytes for each operation: less than an object in each hundred. */
    private static final double ALLOCATION_BOUND = 0.1;

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

    private static UsageSampler sampler(Linux linux, ManyCgroups cgroups) {
        return new UsageSampler(BenchmarkLinux.measured(linux), cgroups.layout(), FiveFiles.columns(true));
    }

    private static Verdict allocation(String what, Runnable operation) {
        repeat(WARM_UP, operation);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        repeat(COUNTED, operation);
        double each = (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) COUNTED;
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
