package org.corral.core.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ContainerUsageTest {

    private static final Instant THEN = Instant.EPOCH;
    private static final DiskUsage DISK = new DiskUsage(OptionalLong.of(4096), OptionalLong.empty());
    private static final PidsUsage TWO = new PidsUsage(OptionalLong.of(2), OptionalLong.empty());
    private static final PidsUsage THREE = new PidsUsage(OptionalLong.of(3), OptionalLong.empty());
    private static final PressureUsage PRESSURE =
            new PressureUsage(OptionalLong.of(3), OptionalLong.of(2), OptionalLong.of(1));

    private static final IoUsage IO = new IoUsage(IoUsage.Counts.ZERO, Map.of());
    private static final HugetlbUsage HUGETLB = new HugetlbUsage(Map.of());

    @Test
    void nothing_everything_absent() {
        ContainerUsage nothing = ContainerUsage.nothing(THEN);
        assertThat(nothing.at()).isEqualTo(THEN);
        assertThat(nothing.cpu()).isEmpty();
        assertThat(nothing.memory()).isEmpty();
        assertThat(nothing.pids()).isEmpty();
        assertThat(nothing.io()).isEmpty();
        assertThat(nothing.hugetlb()).isEmpty();
        assertThat(nothing.pressure()).isEmpty();
        assertThat(nothing.absent()).isEmpty();
    }

    @Test
    void with_eachKind_addsThatAlone() {
        CpuUsage cpu = new CpuUsage(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.of(1),
                OptionalLong.empty(),
                Optional.empty());
        MemoryUsage memory = new MemoryUsage(
                OptionalLong.of(1),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty());
        ContainerUsage usage = ContainerUsage.nothing(THEN)
                .with(cpu)
                .with(memory)
                .with(TWO)
                .with(DISK)
                .with(IO)
                .with(HUGETLB)
                .with(PRESSURE);
        assertThat(usage)
                .isEqualTo(new ContainerUsage(
                        THEN,
                        Optional.of(cpu),
                        Optional.of(memory),
                        Optional.of(TWO),
                        Optional.of(DISK),
                        Optional.of(IO),
                        Optional.of(HUGETLB),
                        Optional.of(PRESSURE),
                        Map.of()));
    }

    @Test
    void without_reasons_keepsAll() {
        ContainerUsage usage = ContainerUsage.nothing(THEN)
                .without("cpu.stat", "not in this kernel")
                .without("memory.peak", "not in this kernel");
        assertThat(usage.absent()).containsOnlyKeys("cpu.stat", "memory.peak");
    }

    @Test
    void or_bothKnow_prefersThis() {
        ContainerUsage mine = ContainerUsage.nothing(THEN).with(TWO).without("a", "mine");
        ContainerUsage other = ContainerUsage.nothing(THEN.plusSeconds(1))
                .with(THREE)
                .with(IO)
                .with(HUGETLB)
                .with(PRESSURE)
                .without("a", "other");
        ContainerUsage both = mine.or(other);
        assertThat(both.at()).isEqualTo(THEN);
        assertThat(both.pids()).hasValue(TWO);
        assertThat(both.io()).hasValue(IO);
        assertThat(both.hugetlb()).hasValue(HUGETLB);
        assertThat(both.pressure()).hasValue(PRESSURE);
        assertThat(mine.with(DISK).or(other).disk()).hasValue(DISK);
        assertThat(other.or(mine.with(DISK)).disk()).hasValue(DISK);
        assertThat(both.absent()).containsOnly(Map.entry("a", "mine"));
    }

    @Test
    void constructor_reasonsChangedLater_keepsItsOwn() {
        Map<String, String> reasons = new HashMap<>();
        ContainerUsage usage = new ContainerUsage(
                THEN,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                reasons);
        reasons.put("a", "b");
        assertThat(usage.absent()).isEmpty();
    }
}
