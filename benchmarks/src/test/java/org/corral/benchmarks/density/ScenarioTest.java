package org.corral.benchmarks.density;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.corral.core.Resources;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;
import org.junit.jupiter.api.Test;

class ScenarioTest {

    private static Scenario of(int containers) {
        return new Scenario(containers, Duration.ofSeconds(60), Duration.ofSeconds(5), 7, 0.1);
    }

    @Test
    void victims_aTenth_andOneAtLeast() {
        assertThat(of(1_000).victims()).isEqualTo(100);
        assertThat(of(19).victims()).isEqualTo(1);
        assertThat(of(1).victims()).isEqualTo(1);
    }

    @Test
    void limits_eachRound_changesSharesAndNeverLowersMemory() {
        Resources before = new Limits(false).round(1);
        Resources after = new Limits(false).round(2);

        assertThat(after.cpus()).isNotEqualTo(before.cpus());
        assertThat(after.memory().orElseThrow()).isGreaterThan(before.memory().orElseThrow());
        assertThat(after.memoryAndSwap()).isEmpty();
    }

    @Test
    void limits_hostWithSwap_giveNoneOfIt() {
        Resources resources = new Limits(true).round(0);

        assertThat(resources.memoryAndSwap()).contains(Maximum.of(DataSize.ofMebibytes(32)));
        assertThat(resources.memory()).contains(DataSize.ofMebibytes(32));
    }
}
