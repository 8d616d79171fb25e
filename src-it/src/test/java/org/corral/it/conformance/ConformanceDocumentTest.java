package org.corral.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/** {@code docs/conformance.md} and the tests say the same. */
class ConformanceDocumentTest {

    private static final int BEHAVIOURS = 103;

    private static final String PAGE =
            """
            | # | Behaviour | Mesos | Tests | Remark |
            |--:|---|---|---|---|
            | 1 | ends | x | `AIT.a_b_c`<br>`BIT.d_e_f` | none |
            ## Left out
            | # | Behaviour | Mesos | Why |
            |--:|---|---|---|
            | 2 | fetches | y | no fetcher |
            """;

    @Test
    void page_tests_areThoseThatSaySo() throws Exception {
        assertThat(ConformanceDocument.read().tested()).isEqualTo(Proof.byBehaviour());
    }

    @Test
    void page_everyBehaviour_isTestedOrLeftOutAndNeverBoth() throws Exception {
        assertThat(ConformanceDocument.read().numbers())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, BEHAVIOURS).boxed().toList());
    }

    @Test
    void page_leftOut_hasAReason() throws Exception {
        assertThat(ConformanceDocument.read().leftOut().values()).noneMatch(String::isBlank);
    }

    @Test
    void page_totals_areTrue() throws Exception {
        ConformanceDocument page = ConformanceDocument.read();
        assertThat(page.text()).contains(page.totals());
    }

    @Test
    void proofs_all_areTestsThatTheSuiteRuns() {
        assertThat(Proof.methods()).isNotEmpty().allSatisfy(method -> {
            assertThat(AnnotationSupport.isAnnotated(method, Testable.class)).isTrue();
            assertThat(method.getDeclaringClass().getSimpleName()).endsWith("IT");
        });
    }

    @Test
    void parse_page_testsAndReasons() {
        ConformanceDocument page = ConformanceDocument.parse(PAGE);
        assertThat(page.tested()).containsOnlyKeys(1).containsEntry(1, sorted("AIT.a_b_c", "BIT.d_e_f"));
        assertThat(page.leftOut()).containsOnlyKeys(2).containsEntry(2, "no fetcher");
        assertThat(page.totals()).isEqualTo("Of 2 behaviours 1 are tested, by 2 tests, and 1 are left out.");
    }

    private static SortedSet<String> sorted(String... names) {
        return new TreeSet<>(Set.of(names));
    }

    @Test
    void parse_numberTwice_isRefused() {
        String twice = PAGE.replace("| 2 |", "| 3 |") + "| 3 | again | y | no |\n";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConformanceDocument.parse(twice))
                .withMessageContaining("number 3");
    }
}
