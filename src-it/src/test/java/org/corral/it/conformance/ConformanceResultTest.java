package org.corral.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.corral.it.conformance.Trial.Outcome;
import org.junit.jupiter.api.Test;

class ConformanceResultTest {

    private final ConformanceResult result = new ConformanceResult();

    private void add(int behaviour, Outcome outcome, String reason) {
        result.add(behaviour, new Trial("AIT." + outcome.name().toLowerCase(Locale.ROOT), outcome, reason));
    }

    @Test
    void counts_oneOfTwoTestsSkipped_hasPassed() {
        add(1, Outcome.PASSED, "");
        add(1, Outcome.SKIPPED, "needs V2");
        assertThat(result.counts()).endsWith("1 behaviours tried, 1 passed, 0 failed, 0 skipped");
        assertThat(result.lines()).contains("    1 passed  AIT.passed", "              AIT.skipped  skipped: needs V2");
    }

    @Test
    void counts_oneOfTwoTestsFailed_hasFailed() {
        add(2, Outcome.PASSED, "");
        add(2, Outcome.FAILED, "expected 1");
        assertThat(result.counts()).endsWith("0 passed, 1 failed, 0 skipped");
        assertThat(result.lines()).contains("    2 FAILED  AIT.passed", "              AIT.failed  FAILED: expected 1");
    }

    @Test
    void counts_allTestsSkipped_wasSkipped() {
        add(3, Outcome.SKIPPED, "needs V2");
        add(4, Outcome.PASSED, "");
        assertThat(result.counts()).endsWith("2 behaviours tried, 1 passed, 0 failed, 1 skipped");
    }

    @Test
    void isEmpty_nothingTried_true() {
        assertThat(result.isEmpty()).isTrue();
    }
}
