package org.corral.benchmarks.guard;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.List;
import java.util.function.LongSupplier;
import org.corral.benchmarks.ManyCgroups;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.cgroup.sample.UsageSampler;
import org.corral.harness.OwnProcess;
import org.corral.linux.Linux;

/**
 * What a sampler of all columns keeps for each cgroup: on the heap live objects, outside of it the direct buffers of
 * the virtual machine, which are all that it allocates there.
 */
final class KeptMemory {

    private static final int CGROUPS = 1000;
    private static final int HEAP_BOUND = 1024;
    private static final int NATIVE_BOUND = 4096;

    private KeptMemory() {}

    /** {@return the verdicts on 1,000 cgroups} */
    static List<Verdict> ofSampler() throws IOException {
        Linux linux = Linux.ofThisHost();
        loadClasses(linux);
        try (ManyCgroups many = new ManyCgroups(linux, CGROUPS);
                UsageSampler sampler = sampler(linux, many)) {
            Growth heap = new Growth(OwnProcess::liveHeapBytes);
            Growth outside = new Growth(KeptMemory::direct);
            many.all().forEach(sampler::add);
            sampler.sampleAll();
            return List.of(
                    heap.verdict("bytes of heap for each cgroup that is sampled", HEAP_BOUND),
                    outside.verdict("bytes of native memory for each cgroup that is sampled", NATIVE_BOUND));
        }
    }

    /** What is loaded once is no cgroup's. */
    private static void loadClasses(Linux linux) throws IOException {
        try (ManyCgroups few = new ManyCgroups(linux, 2);
                UsageSampler sampler = sampler(linux, few)) {
            few.all().forEach(sampler::add);
            sampler.sampleAll();
        }
    }

    private static UsageSampler sampler(Linux linux, ManyCgroups cgroups) {
        return new UsageSampler(linux, cgroups.layout(), EnumSet.allOf(UsageColumn.class));
    }

    private static long direct() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /** How much more there is of something than when this was made. */
    private static final class Growth {

        private final LongSupplier used;
        private final long before;

        Growth(LongSupplier used) {
            this.used = used;
            this.before = used.getAsLong();
        }

        Verdict verdict(String what, int bound) {
            double each = (used.getAsLong() - before) / (double) CGROUPS;
            return new Verdict(what, each, bound, true, each <= bound);
        }
    }
}
