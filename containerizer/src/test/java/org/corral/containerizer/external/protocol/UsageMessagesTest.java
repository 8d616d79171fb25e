package org.corral.containerizer.external.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.containerizer.external.message.Mesos.ResourceStatistics;
import org.corral.core.unit.CpuAmount;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.CpuUsage;
import org.corral.core.usage.MemoryUsage;
import org.corral.core.usage.PidsUsage;
import org.corral.core.usage.PressureUsage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageMessagesTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:00.500Z");

    private static ContainerUsage full() {
        return ContainerUsage.nothing(AT)
                .with(new CpuUsage(
                        Optional.of(Duration.ofMillis(3500)),
                        Optional.of(Duration.ofMillis(1250)),
                        Optional.of(Duration.ofMillis(2250)),
                        OptionalLong.of(10),
                        OptionalLong.of(3),
                        Optional.of(Duration.ofMillis(750))))
                .with(new MemoryUsage(
                        OptionalLong.of(5000),
                        OptionalLong.empty(),
                        OptionalLong.of(9000),
                        OptionalLong.of(3000),
                        OptionalLong.of(2000),
                        OptionalLong.of(100),
                        OptionalLong.empty()))
                .with(new PidsUsage(OptionalLong.of(7), OptionalLong.empty()))
                .with(new PressureUsage(OptionalLong.of(3), OptionalLong.of(2), OptionalLong.of(1)));
    }

    @Test
    void of_everything_parsedIsTheSame() {
        assertThat(UsageMessages.parse(UsageMessages.of(full(), Optional.of(CpuAmount.ofCpus(2)))))
                .isEqualTo(full());
    }

    @Test
    void of_everything_fieldsAreThoseOfMesos() {
        ResourceStatistics message = UsageMessages.of(full(), Optional.of(CpuAmount.parse("0.5")));

        assertThat(message.getTimestamp()).isEqualTo(AT.toEpochMilli() / 1000.0);
        assertThat(message.getCpusLimit()).isEqualTo(0.5);
        assertThat(message.getMemRssBytes()).isEqualTo(3000);
        assertThat(message.getMemTotalBytes()).isEqualTo(5000);
        assertThat(message.getThreads()).isEqualTo(7);
    }

    @Test
    void of_nothing_absentIsNotZero() {
        ResourceStatistics message = UsageMessages.of(ContainerUsage.nothing(AT), Optional.empty());

        assertThat(message.getAllFields()).hasSize(1);
    }

    @Test
    void of_userTimeAlone_neitherIsTold() {
        ContainerUsage usage = ContainerUsage.nothing(AT)
                .with(new CpuUsage(
                        Optional.of(Duration.ofSeconds(1)),
                        Optional.of(Duration.ofSeconds(1)),
                        Optional.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        Optional.empty()));

        assertThat(UsageMessages.of(usage, Optional.empty()).hasCpusUserTimeSecs())
                .isFalse();
    }

    @Test
    void of_noAnonymousMemoryKnown_allIsResident() {
        ContainerUsage usage = ContainerUsage.nothing(AT)
                .with(new MemoryUsage(
                        OptionalLong.of(5000),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty(),
                        OptionalLong.empty()));

        assertThat(UsageMessages.of(usage, Optional.empty()).getMemRssBytes()).isEqualTo(5000);
    }

    /** As the program that Mesos tests with answers. */
    @Test
    void parse_fewFields_restIsAbsent() {
        ContainerUsage usage = UsageMessages.parse(ResourceStatistics.newBuilder()
                .setTimestamp(1.5)
                .setMemRssBytes(1 << 30)
                .setProcesses(2)
                .build());

        assertThat(usage.at()).isEqualTo(Instant.ofEpochMilli(1500));
        assertThat(usage.memory().orElseThrow().currentBytes()).hasValue(1 << 30);
        assertThat(usage.memory().orElseThrow().limitBytes()).isEmpty();
        assertThat(usage.cpu().orElseThrow().total()).isEmpty();
        assertThat(usage.pids().orElseThrow().current()).hasValue(2);
        assertThat(usage.pressure().orElseThrow().low()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1, 1e10, 1e308})
    void parse_timeThatIsNone_refused(double seconds) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UsageMessages.parse(
                        ResourceStatistics.newBuilder().setTimestamp(seconds).build()))
                .withMessageContaining(String.valueOf(seconds));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UsageMessages.parse(ResourceStatistics.newBuilder()
                        .setTimestamp(1)
                        .setCpusUserTimeSecs(seconds)
                        .build()));
    }

    @Test
    void parse_zero_isNoAbsence() {
        ContainerUsage usage = UsageMessages.parse(ResourceStatistics.newBuilder()
                .setTimestamp(0)
                .setCpusUserTimeSecs(0)
                .setMemLimitBytes(0)
                .build());

        assertThat(usage.at()).isEqualTo(Instant.EPOCH);
        assertThat(usage.cpu().orElseThrow().user()).contains(Duration.ZERO);
        assertThat(usage.memory().orElseThrow().limitBytes()).hasValue(0);
    }

    /** Programs tell minus one where they have no limit. */
    @Test
    void parse_countsAboveALong_areTheLargest() {
        ContainerUsage usage = UsageMessages.parse(ResourceStatistics.newBuilder()
                .setTimestamp(1)
                .setMemLimitBytes(-1)
                .setThreads(-1)
                .build());

        assertThat(usage.memory().orElseThrow().limitBytes()).hasValue(Long.MAX_VALUE);
        assertThat(usage.pids().orElseThrow().current()).hasValue(0xFFFF_FFFFL);
    }
}
