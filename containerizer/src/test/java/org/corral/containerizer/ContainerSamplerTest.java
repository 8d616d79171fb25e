package org.corral.containerizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import org.corral.cgroup.sample.Ranked;
import org.corral.cgroup.sample.Ranking;
import org.corral.cgroup.sample.ResourceStatistics;
import org.corral.cgroup.sample.Sampling;
import org.corral.cgroup.sample.SamplingPlan;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.core.ContainerId;
import org.corral.core.NestedContainerException;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerSamplerTest {

    private static final ContainerId A = ContainerId.of("a");
    private static final ContainerId B = ContainerId.of("b");

    @TempDir
    private Path directory;

    private SamplerHost host;
    private ContainerSampler sampler;

    @BeforeEach
    void open() {
        host = new SamplerHost(directory);
        sampler = host.sampler(EnumSet.of(UsageColumn.MEMORY_BYTES, UsageColumn.CPU_NANOS));
    }

    @AfterEach
    void nothingIsLeftOpen() {
        sampler.close();
        assertThat(host.kernel().openDescriptors()).isEmpty();
    }

    private List<String> sampled() {
        return sampler.usage().top(Ranking.names(), 10).stream()
                .map(Ranked::cgroup)
                .map(ContainerSampler::idOf)
                .map(ContainerId::toString)
                .toList();
    }

    @Test
    void add_container_hasStatisticsOnDemand() throws Exception {
        host.launch("a", 4096);

        assertThat(sampler.add(A)).isTrue();
        assertThat(sampler.add(A)).isTrue();
        sampler.usage().sampleAll();

        ResourceStatistics statistics = sampler.statistics(A).orElseThrow();
        assertThat(statistics.memory().currentBytes()).isEqualTo(OptionalLong.of(4096));
        assertThat(statistics.pids().current()).as("was not asked for").isEmpty();
        assertThat(sampler.usage().count()).isEqualTo(1);
    }

    @Test
    void add_someColumnsWanted_opensTheirHierarchiesAlone() throws Exception {
        host.launch("a", 4096);
        try (ContainerSampler memory = host.sampler(EnumSet.of(UsageColumn.MEMORY_BYTES))) {
            memory.add(A);
            memory.usage().sampleAll();

            assertThat(memory.statistics(A).orElseThrow().memory().currentBytes())
                    .hasValue(4096);
            assertThat(host.kernel().openDescriptors()).isNotEmpty().noneMatch(path -> path.contains("cpu"));
        }
    }

    @Test
    void add_noCgroup_isFalseAndUnknown() throws Exception {
        host.launchWithoutCgroup("a");

        assertThat(sampler.add(A)).isFalse();
        assertThat(sampler.add(B)).isFalse();
        assertThat(sampler.statistics(A)).isEmpty();
        assertThatThrownBy(() -> sampler.add(A.child("b"))).isInstanceOf(NestedContainerException.class);
    }

    @Test
    void add_noDescriptorIsFree_throwsItAndLeavesNothing() throws Exception {
        host.launch("a", 4096);
        host.kernel().calls().failNext("openat2", "corral/a", Errno.EMFILE);

        assertThatThrownBy(() -> sampler.add(A))
                .isInstanceOf(ErrnoException.class)
                .hasMessageContaining("EMFILE");
        assertThat(sampler.statistics(A)).isEmpty();
    }

    @Test
    void follow_comingAndGoing_samplesThoseThatAreThere() throws Exception {
        assertThat(sampler.follow()).isZero();
        host.launch("a", 1);
        host.launch("b", 2);
        host.launchWithoutCgroup("c");

        assertThat(sampler.follow()).as("without a cgroup").isEqualTo(1);
        assertThat(sampled()).containsExactly("a", "b");

        host.end("a");
        sampler.follow();
        assertThat(sampled()).containsExactly("b");
    }

    @Test
    void follow_oneFails_showsTheOthersAndTheOneLater() throws Exception {
        host.launch("a", 1);
        host.launch("b", 2);
        host.kernel().calls().failNext("openat2", "corral/a", Errno.EACCES);

        assertThat(sampler.follow()).isEqualTo(1);
        assertThat(sampled()).containsExactly("b");
        assertThat(sampler.follow()).isZero();
        assertThat(sampled()).containsExactly("a", "b");
    }

    /** Between two looks one may end, and another of its name come. */
    @Test
    void follow_anotherOfTheSameName_isSampled() throws Exception {
        host.launch("a", 1);
        sampler.follow();
        host.end("a");
        host.launch("a", 4096);
        sampler.usage().sampleAll(); // finds the first one gone

        sampler.follow();
        sampler.usage().sampleAll();

        assertThat(sampler.statistics(A).orElseThrow().memory().currentBytes()).isEqualTo(OptionalLong.of(4096));
    }

    @Test
    void follow_chosen_samplesTheseAlone() throws Exception {
        host.launch("a", 1);
        host.launch("b", 2);
        sampler.follow();

        assertThat(sampler.follow(List.of(B, ContainerId.of("c")))).isEqualTo(1);
        assertThat(sampled()).containsExactly("b");
    }

    private boolean isSampled(ContainerId id) {
        return sampler.statistics(id).orElseThrow().memory().currentBytes().isPresent();
    }

    /** The example of docs/monitoring.md. */
    @Test
    void sampling_byAPlan_tellsTheHighest() throws Exception {
        host.launch("a", 4096);
        host.launch("b", 8192);
        SamplingPlan often = SamplingPlan.USUAL.withPeriod(Duration.ofMillis(10));

        try (Sampling sampling = Sampling.start(sampler.usage(), often)) {
            sampler.follow();
            while (sampling.progress().passes() < 3 || !isSampled(B)) {
                Thread.onSpinWait();
            }
            for (Ranked most : sampler.usage().top(Ranking.highest(UsageColumn.MEMORY_BYTES), 1)) {
                ContainerId id = ContainerSampler.idOf(most.cgroup());
                ResourceStatistics statistics = most.cgroup().statistics();
                assertThat(id).isEqualTo(B);
                assertThat(statistics.memory().currentBytes()).isEqualTo(OptionalLong.of(8192));
            }
        }
    }
}
