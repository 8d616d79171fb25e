package org.corral.cgroup.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Controller;
import org.corral.testing.FakeLinux;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SamplingPassesTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @TempDir
    private Path root;

    private FakeLinux kernel;
    private UsageSampler sampler;
    private final List<SampledCgroup> all = new ArrayList<>();
    private final List<SamplingProgress> told = new ArrayList<>();
    private long now = 5 * SECOND;
    private long cpu;
    private long cpuOfALook;

    @BeforeEach
    void boot() throws Exception {
        kernel = new FakeLinux(root);
        kernel.mountV1("memory", Controller.MEMORY);
        CgroupTree tree = new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral"));
        sampler = new UsageSampler(
                kernel.linux(), kernel.layout(), EnumSet.of(UsageColumn.MEMORY_BYTES, UsageColumn.MEMORY_LIMIT_BYTES));
        for (int i = 0; i < 64; i++) {
            all.add(sampler.add(tree.create("c" + i, "agent")));
        }
        sampler.sampleAll();
        kernel.calls().clear();
    }

    private SamplingPasses passes(SamplingPlan plan) {
        return new SamplingPasses(sampler, plan, () -> now, () -> cpu += cpuOfALook, told::add);
    }

    private static SamplingPlan plan(int slices, double share) {
        return new SamplingPlan(Duration.ofSeconds(1), slices, Map.of(FileClass.LIMITS, 4), share);
    }

    private int reads(String file) {
        return (int) kernel.calls().recorded("pread").stream()
                .filter(call -> call.endsWith(file + ")"))
                .count();
    }

    @Test
    void run_slices_spreadAPassOverItsPeriod() {
        SamplingPasses passes = passes(plan(4, 1));

        assertThat(passes.run()).isEqualTo(SECOND / 4);
        assertThat(reads("usage_in_bytes")).isEqualTo(16);
        now += SECOND / 4;
        assertThat(passes.run()).isEqualTo(SECOND / 4);
        assertThat(reads("usage_in_bytes")).isEqualTo(32);
        now += SECOND / 4 + 7;
        assertThat(passes.run()).isEqualTo(SECOND / 4 - 7);
        now += SECOND / 4 - 7;
        passes.run();

        assertThat(reads("usage_in_bytes")).isEqualTo(64);
        assertThat(passes.progress().passes()).isEqualTo(1);
        assertThat(passes.progress().skipped()).isZero();
        assertThat(passes.progress().lastPass()).isEqualTo(Duration.ofMillis(750));
        assertThat(told).containsExactly(passes.progress());
    }

    @Test
    void run_pausesBetweenSlices_areNoWork() {
        SamplingPasses passes =
                new SamplingPasses(sampler, plan(4, 1), () -> now, this::cpuWhileTheClockGoesOn, told::add);
        for (int slice = 0; slice < 4; slice++) {
            passes.run();
            now += SECOND / 5;
        }

        long looks = 4 * 3; // each slice looks before, after its first row, and at its end
        assertThat(told).hasSize(1);
        assertThat(told.get(0).lastWork()).isEqualTo(Duration.ofNanos(looks * 1000));
        assertThat(told.get(0).lastPass()).isGreaterThan(Duration.ofMillis(600));
    }

    private long cpuWhileTheClockGoesOn() {
        now += 1000;
        return 0;
    }

    @Test
    void run_classReadInEachFourthPass_isReadOfAQuarterEachTime() {
        SamplingPasses passes = passes(plan(1, 1));
        for (int pass = 0; pass < 4; pass++) {
            kernel.calls().clear();
            passes.run();
            now += SECOND;

            assertThat(reads("usage_in_bytes")).isEqualTo(64);
            assertThat(reads("limit_in_bytes")).isEqualTo(16);
        }
        assertThat(passes.progress().passes()).isEqualTo(4);
    }

    @Test
    void run_newCgroup_isReadWholeAtOnce() throws Exception {
        CgroupTree tree = new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral"));
        SampledCgroup fresh = sampler.add(tree.create("fresh", "agent"));
        kernel.calls().clear();

        passes(new SamplingPlan(Duration.ofSeconds(1), 1, Map.of(FileClass.LIMITS, 1000), 1))
                .run();

        assertThat(reads("fresh/memory.limit_in_bytes")).isEqualTo(1);
        assertThat(fresh.latest().nanoTime(FileClass.LIMITS)).isPresent();
    }

    @Test
    void run_cpuShareUsedUp_theRestIsSkippedCountedAndFirstTheNextTime() {
        SamplingPasses passes = passes(plan(1, 0.1));
        cpuOfALook = SECOND / 20; // after two more looks, 16 rows between them, the share is used up

        passes.run();

        int read = reads("usage_in_bytes");
        assertThat(read).isEqualTo(16);
        assertThat(passes.progress().skipped()).isEqualTo(48);
        kernel.calls().clear();
        cpuOfALook = 0;
        now += 10 * SECOND; // the debt is paid by then
        for (int pass = 0; pass < 10; pass++) {
            passes.run();
            now += SECOND;
        }
        assertThat(kernel.calls().recorded("pread").get(0)).contains("/c16/");
    }

    @Test
    void run_tookTooMuch_theNextHasLess() {
        SamplingPasses passes = passes(plan(1, 0.1));
        cpuOfALook = SECOND;
        passes.run();
        kernel.calls().clear();
        cpuOfALook = 0;
        now += SECOND;

        passes.run();

        assertThat(reads("usage_in_bytes")).isZero();
        assertThat(passes.progress().cpu()).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void run_hostStoodStill_missedPeriodsAreCountedAndNotMadeUpFor() {
        SamplingPasses passes = passes(plan(1, 1));
        passes.run();
        now += 5 * SECOND;

        assertThat(passes.run()).isEqualTo(SECOND);

        assertThat(passes.progress().missed()).isEqualTo(4);
    }

    @Test
    void run_noCgroups_onlyWaits() {
        all.forEach(sampler::remove);

        assertThat(passes(plan(1, 1)).run()).isEqualTo(SECOND);
        assertThat(passes(plan(1, 1)).progress().skipped()).isZero();
    }

    @Test
    void start_plan_samplesUntilItIsClosed() {
        try (Sampling sampling = Sampling.start(sampler, SamplingPlan.USUAL.withPeriod(Duration.ofMillis(5)))) {
            while (sampling.progress().passes() < 3) {
                Thread.onSpinWait();
            }
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("corral-sampler");
    }

    @Test
    void plan_whatCannotBeKeptTo_isRefusedWithTheRemedy() {
        SamplingPlan usual = SamplingPlan.USUAL;
        assertThatThrownBy(() -> usual.withPeriod(Duration.ZERO)).hasMessageContaining("period PT0S is not usable");
        assertThatThrownBy(() -> usual.withEvery(FileClass.IO, 0)).hasMessageContaining("1 or more passes");
        assertThatThrownBy(() -> usual.withCpuShare(0)).hasMessageContaining("CPU share 0.0");
        assertThatThrownBy(() -> new SamplingPlan(Duration.ofSeconds(1), 0, Map.of(), 1))
                .hasMessageContaining("slices 0");
    }
}
