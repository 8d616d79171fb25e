package org.corral.benchmarks.report.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.corral.benchmarks.report.jmh.JmhMetric;
import org.corral.benchmarks.report.jmh.JmhResult;
import org.corral.benchmarks.report.jmh.JmhRun;
import org.junit.jupiter.api.Test;

class MeasuredTest {

    private static final Map<String, String> STAT = Map.of("memoryStat", "true");

    private static JmhResult result(String name, Map<String, String> parameters, double score, String unit) {
        JmhMetric metric = new JmhMetric(score, Double.NaN, Map.of(), unit);
        return new JmhResult(
                "1.37", "org.corral." + name, "avgt", 1, "17", "VM", "17+1", 1, "1 s", parameters, metric, Map.of());
    }

    private static JmhRun run(String file, JmhResult... results) {
        return new JmhRun(file, Instant.EPOCH, List.of(results));
    }

    private static Measured measured(JmhRun... runs) {
        return Measured.of(List.of(runs));
    }

    @Test
    void comparisons_floorInAnotherUnit_ratioOfTimes() {
        Measured measured =
                measured(run("a", result("A.read", STAT, 3, "us/op"), result("A.floorPread", STAT, 2000, "ns/op")));

        assertThat(measured.comparisons()).singleElement().satisfies(pair -> {
            assertThat(pair.methods()).isEqualTo("read / floorPread");
            assertThat(pair.isOfCost()).isTrue();
            assertThat(pair.ratio()).isEqualTo(1.5);
        });
    }

    @Test
    void comparisons_baseline_timesFaster() {
        Measured measured = measured(
                run("a", result("A.read", STAT, 2, "us/op"), result("A.baselineReadString", STAT, 10, "us/op")));

        assertThat(measured.comparisons()).singleElement().satisfies(pair -> {
            assertThat(pair.isOfCost()).isFalse();
            assertThat(pair.ratio()).isEqualTo(5);
        });
    }

    @Test
    void comparisons_otherClassOrParametersOrRunOrNoTime_none() {
        JmhResult read = result("A.read", STAT, 1, "us/op");

        assertThat(measured(run("a", read, result("B.floor", STAT, 1, "us/op"))).comparisons())
                .isEmpty();
        assertThat(measured(run("a", read, result("A.floor", Map.of(), 1, "us/op")))
                        .comparisons())
                .isEmpty();
        assertThat(measured(run("a", read), run("b", result("A.floor", STAT, 1, "us/op")))
                        .comparisons())
                .as("ratios are within one run")
                .isEmpty();
        assertThat(measured(run("a", result("A.read", STAT, 1, "ops/us"), result("A.floor", STAT, 1, "ops/us")))
                        .comparisons())
                .isEmpty();
        assertThat(measured(run("a", read, result("A.floor", STAT, 0, "us/op"))).comparisons())
                .as("nothing is divided by zero")
                .isEmpty();
    }

    @Test
    void of_measuredTwice_theLaterRunCounts() {
        JmhRun first = run("a", result("A.read", STAT, 1, "ns/op"), result("A.floor", STAT, 1, "ns/op"));
        JmhRun second = run("b", result("A.read", STAT, 6, "ns/op"), result("A.floor", STAT, 2, "ns/op"));

        assertThat(measured(first, second).figures()).hasSize(2).allMatch(figure -> figure.run()
                .equals("b"));
        assertThat(measured(first, second).comparisons())
                .extracting(Comparison::ratio)
                .containsExactly(3.0);
        assertThat(measured(second, first).comparisons())
                .extracting(Comparison::ratio)
                .containsExactly(1.0);
    }

    @Test
    void scalings_severalNumbers_growthOfEachOne() {
        Measured measured = measured(run(
                "a",
                result("P.pass", Map.of("cgroups", "100"), 100, "us/op"),
                result("P.pass", Map.of("cgroups", "1000"), 1200, "us/op")));

        assertThat(measured.scalings()).singleElement().satisfies(scaling -> {
            assertThat(scaling.byNumber()).containsOnlyKeys(100, 1000);
            assertThat(scaling.growth(100, 1000).orElseThrow()).isEqualTo(1.2, within(1e-9));
            assertThat(scaling.growth(1, 1000)).isEmpty();
        });
    }

    @Test
    void scalings_numbersOfTwoRuns_noGrowth() {
        Measured measured = measured(
                run("a", result("P.pass", Map.of("cgroups", "100"), 100, "us/op")),
                run("b", result("P.pass", Map.of("cgroups", "1000"), 1200, "us/op")));

        assertThat(measured.scalings().get(0).growth(100, 1000)).isEmpty();
    }

    @Test
    void order_numbersInParameters_areNumbers() {
        Comparator<Subject> order = Subject.ORDER;
        Subject few = new Subject("P", "pass", new TreeMap<>(Map.of("cgroups", "200")));
        Subject many = new Subject("P", "pass", new TreeMap<>(Map.of("cgroups", "1000")));

        assertThat(order.compare(few, many)).isNegative();
    }
}
