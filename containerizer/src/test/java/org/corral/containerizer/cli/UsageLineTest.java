package org.corral.containerizer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.corral.core.ExitStatus;
import org.corral.core.TerminationReason;
import org.corral.core.usage.ContainerUsage;
import org.junit.jupiter.api.Test;

class UsageLineTest {

    @Test
    void of_twoSamples_shareOfCpuBetweenThem() {
        ContainerUsage before = Samples.usage(Samples.AT, Duration.ofSeconds(1));
        ContainerUsage now = Samples.usage(Samples.AT.plusSeconds(2), Duration.ofSeconds(4));
        assertThat(UsageLine.of(before, now))
                .isEqualTo("cpu 150%  memory 1.0MiB of 128.0MiB  pids 3  throttled 1.23 s");
    }

    @Test
    void of_nothingKnown_dashes() {
        ContainerUsage nothing = ContainerUsage.nothing(Samples.AT);
        assertThat(UsageLine.of(nothing, nothing)).isEqualTo("cpu -  memory -  pids -  throttled -");
    }

    @Test
    void of_end_tellsAllInOneLine() {
        assertThat(UsageLine.of(Samples.limited()))
                .isEqualTo("web-1: signal 9 after 2.50 s; cpu 1.50 s user, 0.25 s system, throttled 1.23 s; "
                        + "memory peak 64.0MiB of 128.0MiB; read 3.0MiB, written 4.0KiB");
        assertThat(UsageLine.of(Samples.ended(TerminationReason.EXITED, new ExitStatus.Exited(2))))
                .isEqualTo("web-1: exit code 2 after 1.00 s; cpu - user, - system, throttled -; memory peak -");
    }
}
