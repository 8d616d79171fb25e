package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.controller.CpuacctController;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.controller.PidsController;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.sample.SampledCgroup;
import org.corral.cgroup.sample.Sampling;
import org.corral.cgroup.sample.SamplingPlan;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.cgroup.sample.UsageSampler;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.CpuUsage;
import org.corral.core.usage.MemoryUsage;
import org.corral.linux.FdBudget;
import org.corral.linux.Linux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The sampler beside readers that make strings of the same files. */
@ExtendWith(LeakCheck.class)
@Requires({Need.ROOT, Need.PIDFD, Need.CPU, Need.CPUACCT, Need.MEMORY, Need.PIDS})
class SamplerIT {

    /** Nobody may keep a descriptor. */
    private static final FdBudget NONE = new FdBudget(1, count -> 1);

    private OneCgroup one;

    @BeforeEach
    void create(TestRoot root) throws IOException {
        one = OneCgroup.create(root);
    }

    @AfterEach
    void close() throws Exception {
        one.close();
    }

    private UsageSampler sampler(Linux linux) {
        return new UsageSampler(linux, one.tree().layout(), EnumSet.allOf(UsageColumn.class));
    }

    /** Whoever has used something has ended, so that two readers come to find the same. */
    private void useSomething() throws Exception {
        Process user = one.attachedScript("head -c 20000000 /dev/zero | tail -c 10000000 | wc -c");
        assertThat(user.waitFor()).isZero();
        one.limit(plan -> plan.memory(Limit.of(DataSize.ofMebibytes(64))));
    }

    @Test
    void sample_keptDescriptors_isWhatTheOtherReadersFind() throws Exception {
        useSomething();
        try (UsageSampler sampler = sampler(Linux.ofThisHost())) {
            SampledCgroup sampled = sampler.add(one.cgroup());
            sampler.sample(sampled);
            assertSame(sampler, sampled);
            assertThat(sampler.load().failures()).isEmpty();
        }
    }

    @Test
    void sample_noDescriptorIsKept_isTheSame() throws Exception {
        useSomething();
        Linux real = Linux.ofThisHost();
        try (UsageSampler sampler = sampler(new Linux(real.syscalls(), real.root(), NONE))) {
            SampledCgroup sampled = sampler.add(one.cgroup());
            sampler.sample(sampled);
            assertSame(sampler, sampled);
        }
    }

    /** Compared until they agree: the kernel gives back the last pages of who has ended some time later. */
    private void assertSame(UsageSampler sampler, SampledCgroup sampled) throws Exception {
        Eventually.passes(() -> {
            sampler.sample(sampled);
            assertSame(sampled);
        });
    }

    private void assertSame(SampledCgroup sampled) throws IOException {
        MemoryController controller = MemoryController.of(one.files(Controller.MEMORY));
        MemoryUsage memory = controller.usage();
        assertThat(sampled.get(UsageColumn.MEMORY_BYTES)).isEqualTo(memory.currentBytes());
        assertThat(sampled.get(UsageColumn.MEMORY_PEAK_BYTES)).isEqualTo(memory.peakBytes());
        assertThat(sampled.get(UsageColumn.MEMORY_LIMIT_BYTES)).isEqualTo(memory.limitBytes());
        assertThat(sampled.get(UsageColumn.ANON_BYTES)).isEqualTo(memory.anonBytes());
        assertThat(sampled.get(UsageColumn.FILE_BYTES)).isEqualTo(memory.fileBytes());
        assertThat(sampled.get(UsageColumn.OOM_KILLS)).isEqualTo(memory.oomKills());
        Map<String, Long> stat = controller.stat();
        long faults = stat.getOrDefault("total_pgfault", stat.getOrDefault("pgfault", 0L));
        assertThat(faults).isPositive();
        assertThat(sampled.get(UsageColumn.PAGE_FAULTS)).hasValue(faults);
        assertThat(sampled.get(UsageColumn.PIDS))
                .isEqualTo(PidsController.of(one.files(Controller.PIDS)).usage().current());
        CpuUsage cpu = CpuacctController.of(one.files(Controller.CPUACCT)).usage();
        assertThat(time(sampled, UsageColumn.CPU_NANOS)).isEqualTo(cpu.total());
        assertThat(time(sampled, UsageColumn.CPU_SYSTEM_NANOS)).isEqualTo(cpu.system());
        assertThat(time(sampled, UsageColumn.CPU_USER_NANOS)).isEqualTo(cpu.user());
    }

    private static Optional<Duration> time(SampledCgroup sampled, UsageColumn column) {
        OptionalLong nanos = sampled.get(column);
        return nanos.isPresent() ? Optional.of(Duration.ofNanos(nanos.getAsLong())) : Optional.empty();
    }

    @Test
    void sampling_busyCgroup_showsTheRateAndThenThatItIsGone() throws Exception {
        try (UsageSampler sampler = sampler(Linux.ofThisHost());
                Sampling sampling = Sampling.start(sampler, SamplingPlan.USUAL.withPeriod(Duration.ofMillis(100)))) {
            SampledCgroup sampled = sampler.add(one.cgroup());
            one.attachedScript("while :; do :; done");
            long tenth = 100_000_000;
            Eventually.holds(
                    "a tenth of a CPU is used",
                    () -> sampled.get(UsageColumn.CPU_NANOS_PER_SECOND).orElse(0) > tenth);
            assertThat(sampled.get(UsageColumn.PIDS)).hasValue(1);
            one.cgroup().delete(OneCgroup.PATIENCE);
            Eventually.holds("it is found gone", sampled::isGone);
            assertThat(sampling.progress().passes()).isPositive();
        }
    }
}
