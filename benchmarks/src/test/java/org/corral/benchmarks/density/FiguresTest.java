package org.corral.benchmarks.density;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.corral.harness.Footprint;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final Percentiles SOME = new Percentiles(100, 1_200, 3_400, 56_000);

    static final Figures GOOD = figures(0, 100, new Figures.LeftBehind(0, 0, 0, 0, 0));

    private static Figures figures(long skipped, long told, Figures.LeftBehind left) {
        return new Figures(
                new Figures.Setting("2026-11-23T10:00:00Z", "6.18 amd64", "17", 2, 1L << 29, 1000, 100, 3, 5, 0.1, 7),
                new Figures.Launch(2.5, 400, SOME),
                new Figures.SteadyState(
                        new Figures.Passes(3, 3, 0, skipped, SOME),
                        new Figures.Cpu(0.05, 0.012, 0.01, 0.002),
                        new Figures.Garbage(1, 12),
                        new Figures.Updates(12, 0, SOME),
                        new Figures.OomKills(100, told, 0, SOME, SOME),
                        List.of(
                                new PassPoint(1, 1_000, 0.05),
                                new PassPoint(2, 3_000, 0.2),
                                new PassPoint(3, 1_500, 0.1))),
                new Figures.PerContainer(5_000, 2_000, 14),
                new Figures.PerContainer(2_000, 100, 9),
                new Figures.PerContainer(900, 50, 5),
                new Figures.Agent(20_000_000, 10_000_000, 14_050, 40, 500_000),
                1.5,
                left);
    }

    @Test
    void complaints_allAsItShouldBe_areNone() {
        assertThat(GOOD.complaints()).isEmpty();
    }

    @Test
    void complaints_skippedUntoldAndLeft_nameEach() {
        Figures bad = figures(17, 99, new Figures.LeftBehind(0, 6, 0, 0, 0));

        assertThat(bad.complaints()).hasSize(3);
        assertThat(String.join("; ", bad.complaints()))
                .contains("17 samples were skipped", "1 OOM kills were not told", "cgroups=6");
    }

    @Test
    void json_partsOfTheRun_areObjectsWithUnitsInTheirNames() throws Exception {
        JsonNode json = new ObjectMapper().readTree(FiguresJson.text(GOOD));

        assertThat(json.at("/run/seed").asLong()).isEqualTo(7);
        assertThat(json.at("/sampling/pass/p99Micros").asLong()).isEqualTo(3_400);
        assertThat(json.at("/samplerRows/heapBytes").asDouble()).isEqualTo(900);
        assertThat(json.at("/left/nothing").isMissingNode()).isTrue();
        assertThat(json.at("/passes/1/passMicros").asLong()).isEqualTo(3_000);
    }

    @Test
    void table_figures_haveTheNamesOfTheJsonAsWords() {
        assertThat(FiguresTable.of(GOOD).lines().map(String::strip))
                .contains("oom kills", "sampling", "left")
                .anyMatch(line -> line.matches("pass +p50 1,200 µs, p99 3,400 µs, max 56,000 µs of 100"))
                .anyMatch(line -> line.matches("kill to event +p50 .*"))
                .anyMatch(line -> line.matches("host bytes per container +500,000"))
                .anyMatch(line -> line.matches("sampler +0\\.012"))
                .noneMatch(line -> line.contains("pass micros"));
    }

    @Test
    void perContainer_twoMoments_areTheirDifferenceDivided() {
        Footprint before = new Footprint(1_000, 50_000, 30, 10, 9_000);
        Footprint after = new Footprint(5_000, 58_000, 170, 12, 1_000);

        assertThat(Figures.PerContainer.between(before, after, 10)).isEqualTo(new Figures.PerContainer(400, 800, 14));
        assertThat(Figures.Agent.of(before, after, 10)).isEqualTo(new Figures.Agent(5_000, 1_000, 170, 12, 800));
    }
}
