package org.corral.benchmarks.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.DoubleStream;
import org.corral.benchmarks.BenchmarkLinux;
import org.corral.linux.Linux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class GuardTest {

    private static final Figure PAIR = Figure.of("TurnsBenchmark.sampleToPread").with("memoryStat", true);

    @AfterEach
    void beFastAgain() {
        System.clearProperty(BenchmarkLinux.SLOW);
    }

    private static Rounds rounds(double... ratios) {
        Rounds rounds = new Rounds();
        DoubleStream.of(ratios).forEach(ratio -> rounds.add(PAIR, ratio));
        return rounds;
    }

    @Test
    void judge_atMost_theMiddleRoundDecides() {
        RatioRule rule = RatioRule.atMost(1.15, "what", PAIR);

        assertThat(rule.judge(rounds(1.0, 1.1, 9.0)).isGreen()).isTrue();
        assertThat(rule.judge(rounds(1.0, 1.2, 1.3)).isGreen()).isFalse();
        assertThat(rule.judge(rounds(1.0, 1.2)).measured()).isEqualTo(1.1);
    }

    @Test
    void judge_atLeast_belowIsRed() {
        RatioRule rule = RatioRule.atLeast(4, "what", PAIR);

        assertThat(rule.judge(rounds(4.0)).isGreen()).isTrue();
        assertThat(rule.judge(rounds(3.9)).isGreen()).isFalse();
        assertThat(rule.judge(rounds(3.9)).toString()).startsWith("RED").contains("3.90", "at least", "4.00", "what");
    }

    @Test
    void judge_notMeasured_isAnErrorAndNotGreen() {
        RatioRule rule = RatioRule.atMost(1, "what", Figure.of("Gone.benchmark"));

        assertThatThrownBy(() -> rule.judge(rounds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Gone.benchmark was not measured");
    }

    /** On the real kernel, in this virtual machine: inexact, but three times as many calls are seen by anybody. */
    @Test
    void call_slowSampler_isRed() {
        assumeRoot();
        ByteArrayOutputStream shown = new ByteArrayOutputStream();

        int status = new CommandLine(new Guard(new PrintStream(shown, true, StandardCharsets.UTF_8)))
                .execute("--slow", "--no-fork", "--rounds=1");

        assertThat(status).isEqualTo(1);
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .containsPattern("RED .* bytes allocated by a sample")
                .containsPattern(
                        "RED .* 15\\.00 .* system calls of a sample|RED .* 12\\.00 .* system calls of a sample")
                .containsPattern("RED .* a sample, against pread of the same files");
    }

    /** Where root is required, as in CI, this is not skipped. */
    private static void assumeRoot() {
        boolean isRoot = Linux.ofThisHost().processes().effectiveUserId() == 0;
        if (List.of(System.getenv().getOrDefault("CORRAL_REQUIRED_NEEDS", "").split(",", -1))
                .contains("ROOT")) {
            assertThat(isRoot)
                    .as("this is root, as CORRAL_REQUIRED_NEEDS has it")
                    .isTrue();
        } else {
            assumeTrue(isRoot, "cgroups are made by root alone");
        }
    }
}
