package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequiresTest {

    private final Map<Need, String> host = Map.of(Need.V2_CPU, "only 'hugetlb' is offered", Need.PTRACE, "no strace");

    @Test
    void reasonToSkip_allNeedsMet_empty() {
        assertThat(needs(Set.of()).reasonToSkip(List.of(Need.ROOT, Need.EVENTFD)))
                .isEmpty();
    }

    @Test
    void reasonToSkip_needsMissing_namesEachWithItsCause() {
        assertThat(needs(Set.of()).reasonToSkip(List.of(Need.ROOT, Need.V2_CPU, Need.PTRACE)))
                .hasValue("needs V2_CPU (only 'hugetlb' is offered), PTRACE (no strace)");
    }

    @Test
    void reasonToSkip_otherNeedRequired_skips() {
        assertThat(needs(Set.of(Need.ROOT)).reasonToSkip(List.of(Need.V2_CPU))).isPresent();
    }

    @Test
    void reasonToSkip_missingNeedRequired_fails() {
        Needs needs = needs(Set.of(Need.V2_CPU));
        assertThatThrownBy(() -> needs.reasonToSkip(List.of(Need.V2_CPU)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("CORRAL_REQUIRED_NEEDS")
                .hasMessageContaining("V2_CPU (only 'hugetlb' is offered)");
    }

    @Test
    void parse_names_theNeeds() {
        assertThat(Needs.parse("ROOT, CPU,")).containsExactlyInAnyOrder(Need.ROOT, Need.CPU);
    }

    @Test
    void parse_nothing_noNeeds() {
        assertThat(Needs.parse("")).isEmpty();
    }

    @Test
    void parse_unknownName_refusedByName() {
        assertThatThrownBy(() -> Needs.parse("ROOT,CPUS"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'CPUS'")
                .hasMessageContaining("CPUACCT");
    }

    @Test
    void close_testsSkipped_printsEachWithItsReasonAndAllNeeds() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (SkipReport report =
                new SkipReport(new PrintStream(printed, true, StandardCharsets.UTF_8), this::missing)) {
            report.skipped("QuotaIT", "needs V2_CPU (only 'hugetlb' is offered)");
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .contains("  ROOT               available")
                .contains("  PTRACE             missing: no strace")
                .contains("Skipped: 1")
                .contains("  QuotaIT: needs V2_CPU (only 'hugetlb' is offered)");
    }

    private Needs needs(Set<Need> required) {
        return new Needs(this::missing, required);
    }

    private Optional<String> missing(Need need) {
        return Optional.ofNullable(host.get(need));
    }
}
