package org.corral.cgroup.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.errno.Errno;
import org.corral.testing.FakeHierarchy;
import org.corral.testing.FakeLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageSamplerTest {

    @TempDir
    private Path root;

    private FakeLinux kernel;
    private FakeHierarchy cpu;
    private FakeHierarchy memory;
    private CgroupTree tree;
    private UsageSampler sampler;

    @BeforeEach
    void bootV1() {
        kernel = new FakeLinux(root);
        cpu = kernel.mountV1("cpu,cpuacct", Controller.CPU, Controller.CPUACCT);
        memory = kernel.mountV1("memory", Controller.MEMORY);
        kernel.mountV1("pids", Controller.PIDS);
        kernel.mountV1("blkio", Controller.IO);
        start(EnumSet.allOf(UsageColumn.class));
    }

    private void start(EnumSet<UsageColumn> columns) {
        tree = new CgroupTree(kernel.linux(), kernel.layout(), CgroupPath.of("/corral"));
        sampler = new UsageSampler(kernel.linux(), kernel.layout(), columns);
    }

    private Cgroup create(String name) throws Exception {
        return tree.create(name, "agent");
    }

    @AfterEach
    void nothingIsLeftOpen() {
        sampler.close();
        assertThat(kernel.openDescriptors()).allMatch(what -> !what.contains("/corral/a/"));
    }

    private void put(String file, String text) {
        memory.at("/corral/a").file(file, text);
    }

    private static OptionalLong is(long value) {
        return OptionalLong.of(value);
    }

    @Test
    void sample_v1_findsTheNumbersOfAllControllers() throws Exception {
        SampledCgroup a = sampler.add(create("a"));
        put("memory.usage_in_bytes", "4096");
        put("memory.stat", "cache 1\nrss 2\ntotal_cache 3\ntotal_rss 4\ntotal_inactive_file 5\n");
        put("memory.limit_in_bytes", "67108864");

        sampler.sample(a);

        assertThat(a.get(UsageColumn.MEMORY_BYTES)).isEqualTo(is(4096));
        assertThat(a.get(UsageColumn.ANON_BYTES)).isEqualTo(is(4));
        assertThat(a.get(UsageColumn.FILE_BYTES)).isEqualTo(is(3));
        assertThat(a.get(UsageColumn.MEMORY_LIMIT_BYTES)).isEqualTo(is(67108864));
        assertThat(a.get(UsageColumn.OOM_KILLS)).isEqualTo(is(0));
        assertThat(a.get(UsageColumn.CPU_NANOS)).isEqualTo(is(0));
        assertThat(a.get(UsageColumn.CPU_THROTTLED_PERIODS)).isEqualTo(is(0));
        assertThat(a.get(UsageColumn.PIDS)).isEqualTo(is(0));
    }

    @Test
    void sample_whatThisHostDoesNotTell_isAbsentAndNotZero() throws Exception {
        SampledCgroup a = sampler.add(create("a"));
        memory.at("/corral/a").withoutFile("memory.max_usage_in_bytes");

        sampler.sample(a);

        assertThat(a.get(UsageColumn.MEMORY_PEAK_BYTES)).isEmpty();
        assertThat(a.get(UsageColumn.KERNEL_BYTES)).isEmpty();
        assertThat(a.get(UsageColumn.CPU_SOME_NANOS)).isEmpty();
        assertThat(a.get(UsageColumn.PIDS_LIMIT)).isEmpty();
        assertThat(a.get(UsageColumn.MEMORY_LIMIT_BYTES)).isEmpty();
        assertThat(a.get(UsageColumn.IO_READ_BYTES)).isEmpty();
        assertThat(a.isGone()).isFalse();
    }

    @Test
    void sample_numberIsNotThereAnyMore_isAbsentAgain() throws Exception {
        SampledCgroup a = sampler.add(create("a"));
        put("memory.stat", "total_cache 3\ntotal_rss 4\n");
        sampler.sample(a);
        put("memory.stat", "total_rss 5\n");

        sampler.sample(a);

        assertThat(a.get(UsageColumn.FILE_BYTES)).isEmpty();
        assertThat(a.get(UsageColumn.ANON_BYTES)).isEqualTo(is(5));
    }

    @Test
    void sample_someColumnsWanted_readsTheirFilesAlone() throws Exception {
        start(EnumSet.of(UsageColumn.MEMORY_BYTES, UsageColumn.PIDS));
        SampledCgroup a = sampler.add(create("a"));
        sampler.sample(a);
        kernel.calls().clear();

        sampler.sample(a);

        assertThat(kernel.calls().recorded())
                .containsExactly(
                        "pread(/sys/fs/cgroup/memory/corral/a/memory.usage_in_bytes)",
                        "pread(/sys/fs/cgroup/pids/corral/a/pids.current)");
        assertThat(a.get(UsageColumn.OOM_KILLS)).isEmpty();
    }

    @Test
    void sample_rateWantedAlone_readsWhatItFollowsFrom() throws Exception {
        start(EnumSet.of(UsageColumn.CPU_NANOS_PER_SECOND));
        SampledCgroup a = sampler.add(create("a"));

        sampler.sample(a);
        sampler.sample(a);

        assertThat(a.get(UsageColumn.CPU_NANOS_PER_SECOND)).isEqualTo(is(0));
    }

    @Test
    void sample_removedCgroup_isGoneWithItsLastNumbers() throws Exception {
        Cgroup cgroup = create("a");
        SampledCgroup a = sampler.add(cgroup);
        put("memory.usage_in_bytes", "4096");
        sampler.sample(a);
        cgroup.delete(Duration.ofSeconds(10));

        sampler.sample(a);
        sampler.sample(a);

        assertThat(a.isGone()).isTrue();
        assertThat(a.get(UsageColumn.MEMORY_BYTES)).isEqualTo(is(4096));
        assertThat(sampler.load().gone()).isEqualTo(1);
    }

    @Test
    void sample_removedBeforeItsFirstSample_isGone() throws Exception {
        Cgroup cgroup = create("a");
        SampledCgroup a = sampler.add(cgroup);
        cgroup.delete(Duration.ofSeconds(10));

        sampler.sample(a);

        assertThat(a.isGone()).isTrue();
        assertThat(a.get(UsageColumn.MEMORY_BYTES)).isEmpty();
    }

    @Test
    void sample_noDescriptorIsFree_isCountedAndTriedAgain() throws Exception {
        SampledCgroup a = sampler.add(create("a"));
        kernel.calls().failNext("openat2", "memory.stat", Errno.EMFILE, 2);

        sampler.sample(a);
        assertThat(a.get(UsageColumn.ANON_BYTES)).isEmpty();
        assertThat(sampler.load().failures()).containsEntry(Errno.EMFILE, 1L);

        put("memory.stat", "total_rss 4\n");
        sampler.sample(a);
        assertThat(a.get(UsageColumn.ANON_BYTES)).isEqualTo(is(4));
    }

    @Test
    void sample_fileThatCannotBeRead_leavesItsColumnsAbsentAlone() throws Exception {
        SampledCgroup a = sampler.add(create("a"));
        kernel.calls().failNext("pread", "memory.usage_in_bytes", Errno.EIO);

        sampler.sample(a);

        assertThat(a.get(UsageColumn.MEMORY_BYTES)).isEmpty();
        assertThat(a.get(UsageColumn.OOM_KILLS)).isEqualTo(is(0));
        assertThat(sampler.load().failures()).containsEntry(Errno.EIO, 1L);
    }

    @Test
    void sample_fileThatIsNotSupported_isNotReadAgain() throws Exception {
        SampledCgroup a = sampler.add(create("a"));
        kernel.calls().failNext("pread", "memory.usage_in_bytes", Errno.EOPNOTSUPP);

        sampler.sample(a);
        sampler.sample(a);

        assertThat(a.get(UsageColumn.MEMORY_BYTES)).isEmpty();
        assertThat(sampler.load().failures()).containsEntry(Errno.EOPNOTSUPP, 1L);
    }

    @Test
    void sampleAll_manyCgroups_eachHasItsOwnRow() throws Exception {
        List<SampledCgroup> all = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            all.add(sampler.add(create("c" + i)));
            memory.at("/corral/c" + i).file("memory.usage_in_bytes", Integer.toString(i));
        }

        sampler.sampleAll();

        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).get(UsageColumn.MEMORY_BYTES)).isEqualTo(is(i));
        }
        assertThat(sampler.cgroups()).hasSize(150);
        assertThat(sampler.load().samples()).isEqualTo(150);
    }

    @Test
    void remove_itsRow_isTheNextCgroupsAndEmpty() throws Exception {
        SampledCgroup a = sampler.add(create("a"));
        sampler.sample(a);
        sampler.remove(a);
        sampler.remove(a);

        SampledCgroup b = sampler.add(create("b"));

        assertThat(b.row).isEqualTo(a.row);
        assertThat(b.get(UsageColumn.MEMORY_BYTES)).isEmpty();
        assertThat(sampler.cgroups()).containsExactly(b);
        assertThat(sampler.count()).isEqualTo(1);
        sampler.sample(b);
        assertThat(b.get(UsageColumn.OOM_KILLS)).isEqualTo(is(0));
        assertThat(a.get(UsageColumn.OOM_KILLS)).as("another's row").isEmpty();
        assertThat(a.latest().get(UsageColumn.OOM_KILLS)).isEmpty();
        assertThat(a.latest().nanoTime(FileClass.MEMORY)).isEmpty();
    }

    @Test
    void sample_removed_leavesTheRowToTheNext() throws Exception {
        SampledCgroup a = sampler.add(create("a"));
        sampler.remove(a);
        SampledCgroup b = sampler.add(create("b"));
        put("memory.usage_in_bytes", "4096");

        sampler.sample(a);

        assertThat(b.get(UsageColumn.MEMORY_BYTES)).isEmpty();
        assertThat(sampler.load().samples()).isZero();
    }

    @Test
    void sample_cpuTimeTwice_hasARate() throws Exception {
        SampledCgroup a = sampler.add(create("a"));
        cpu.at("/corral/a").file("cpuacct.usage", "1000");
        sampler.sample(a);
        assertThat(a.get(UsageColumn.CPU_NANOS_PER_SECOND)).isEmpty();
        long first = a.latest().nanoTime(FileClass.CPU).orElseThrow();
        cpu.at("/corral/a").file("cpuacct.usage", "501000");

        sampler.sample(a);

        long nanos = a.latest().nanoTime(FileClass.CPU).orElseThrow() - first;
        assertThat(a.get(UsageColumn.CPU_NANOS_PER_SECOND)).isEqualTo(is((long) (500_000 / (nanos / 1e9))));
        cpu.at("/corral/a").file("cpuacct.usage", "nonsense");
        sampler.sample(a);
        assertThat(a.get(UsageColumn.CPU_NANOS_PER_SECOND)).isEmpty();
    }

    private List<String> top(Ranking ranking, int count) {
        return sampler.top(ranking, count).stream().map(Ranked::name).toList();
    }

    private void addWithMemory(String... uses) throws Exception {
        for (String use : uses) {
            sampler.add(create("c" + use));
            memory.at("/corral/c" + use).file("memory.usage_in_bytes", use);
        }
        sampler.sampleAll();
    }

    @Test
    void top_column_isTheHighestInOrder() throws Exception {
        addWithMemory("3", "9", "1", "7", "5");
        Ranking byMemory = Ranking.highest(UsageColumn.MEMORY_BYTES);

        assertThat(sampler.top(byMemory, 3)).extracting(Ranked::value).containsExactly(is(9), is(7), is(5));
        assertThat(top(byMemory, 3)).containsExactly("c9", "c7", "c5");
        assertThat(top(byMemory.reversed(), 2)).containsExactly("c1", "c3");
        assertThat(top(byMemory, 10)).hasSize(5);
        assertThatThrownBy(() -> sampler.top(byMemory, 0)).hasMessageContaining("a top of 0");
    }

    @Test
    void top_numberIsAbsent_isLastBothWays() throws Exception {
        addWithMemory("3", "none", "1");
        Ranking byMemory = Ranking.highest(UsageColumn.MEMORY_BYTES);

        assertThat(top(byMemory, 3)).containsExactly("c3", "c1", "cnone");
        assertThat(top(byMemory.reversed(), 3)).containsExactly("c1", "c3", "cnone");
        assertThat(sampler.top(byMemory, 3).get(2).value()).isEmpty();
    }

    @Test
    void top_sameNumberOrName_goesByTheName() throws Exception {
        addWithMemory("b", "a", "c");

        assertThat(top(Ranking.highest(UsageColumn.OOM_KILLS), 3)).containsExactly("ca", "cb", "cc");
        assertThat(top(Ranking.highest(UsageColumn.OOM_KILLS).reversed(), 2)).containsExactly("ca", "cb");
        assertThat(top(Ranking.names(), 2)).containsExactly("ca", "cb");
        assertThat(top(Ranking.names().reversed(), 3)).containsExactly("cc", "cb", "ca");
    }

    @Test
    void top_numberThatFollowsFromColumns_isRankedBy() throws Exception {
        addWithMemory("12", "7");
        Ranking byLastDigit = Ranking.highest(
                cgroup -> is(cgroup.get(UsageColumn.MEMORY_BYTES).orElseThrow() % 10));

        assertThat(top(byLastDigit, 2)).containsExactly("c7", "c12");
    }

    @Test
    void latest_sampled_isACopyWithItsTimes() throws Exception {
        SampledCgroup a = sampler.add(create("a"));
        assertThat(a.latest().nanoTime(FileClass.MEMORY)).isEmpty();
        put("memory.usage_in_bytes", "1");
        sampler.sample(a);
        UsageSample before = a.latest();
        put("memory.usage_in_bytes", "2");
        sampler.sample(a);

        assertThat(before.get(UsageColumn.MEMORY_BYTES)).isEqualTo(is(1));
        assertThat(a.latest().get(UsageColumn.MEMORY_BYTES)).isEqualTo(is(2));
        assertThat(a.latest().nanoTime(FileClass.MEMORY).orElseThrow())
                .isGreaterThanOrEqualTo(before.nanoTime(FileClass.MEMORY).orElseThrow());
        assertThat(before.nanoTime(FileClass.PRESSURE)).isEmpty();
    }

    @Test
    void sample_v2_findsTheNumbersOfAllControllers() throws Exception {
        kernel = new FakeLinux(root);
        FakeHierarchy unified = kernel.mountV2(Controller.CPU, Controller.CPUACCT, Controller.MEMORY, Controller.IO);
        start(EnumSet.allOf(UsageColumn.class));
        SampledCgroup a = sampler.add(create("a"));
        unified.at("/corral/a")
                .file("cpu.stat", "usage_usec 5\nuser_usec 3\nsystem_usec 2\nnr_periods 1\nthrottled_usec 9");
        unified.at("/corral/a").file("memory.current", "4096");
        unified.at("/corral/a").file("memory.stat", "anon 1\nfile 2\nkernel 3\n");
        unified.at("/corral/a").file("memory.pressure", "some avg10=0.00 avg60=0.00 avg300=0.00 total=7");
        unified.at("/corral/a").file("io.stat", "8:0 rbytes=1 wbytes=2 rios=3 wios=4");

        sampler.sample(a);

        assertThat(a.get(UsageColumn.CPU_NANOS)).isEqualTo(is(5_000));
        assertThat(a.get(UsageColumn.CPU_PERIODS)).isEqualTo(is(1));
        assertThat(a.get(UsageColumn.CPU_THROTTLED_NANOS)).isEqualTo(is(9_000));
        assertThat(a.get(UsageColumn.MEMORY_BYTES)).isEqualTo(is(4096));
        assertThat(a.get(UsageColumn.KERNEL_BYTES)).isEqualTo(is(3));
        assertThat(a.get(UsageColumn.MEMORY_SOME_NANOS)).isEqualTo(is(7_000));
        assertThat(a.get(UsageColumn.IO_WRITES)).isEqualTo(is(4));
    }
}
