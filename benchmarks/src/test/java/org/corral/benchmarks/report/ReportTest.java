package org.corral.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportTest {

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    @TempDir
    private Path directory;

    private int report(Path... files) {
        List<String> arguments = new ArrayList<>(List.of("--html=" + html(), "--markdown=" + markdown()));
        Stream.of(files).map(Path::toString).forEach(arguments::add);
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        PrintStream err = new PrintStream(told, true, StandardCharsets.UTF_8);
        return new CommandLine(new Report(err))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    private String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    private Path html() {
        return directory.resolve("report.html");
    }

    private Path markdown() {
        return directory.resolve("performance.md");
    }

    private Path written(String text) throws IOException {
        return Files.writeString(directory.resolve("results.json"), text);
    }

    private String page(String... names) throws IOException {
        assertThat(report(Results.files(names).toArray(Path[]::new))).as(told()).isZero();
        return Files.readString(html());
    }

    private String tables(String... names) throws IOException {
        page(names);
        return Files.readString(markdown());
    }

    @Test
    void call_sample_goalsKeptOrMissed() throws IOException {
        assertThat(tables("sample.json"))
                .contains("| ≤ 1.15 × | 1.12 × | ✓ kept | SampleBenchmark.sample / floorPread memoryStat=true |")
                .contains("| ≥ 4 × | 5 × | ✓ kept | SampleBenchmark.sample / baselineReadString memoryStat=true |")
                .contains("| ≥ 8 × | 6 × | ✗ missed | SampleBenchmark.sample / baselineReadString memoryStat=false |")
                .contains("| 0 B | 0.02 B | ✓ kept | SampleBenchmark.sample memoryStat=true |");
    }

    @Test
    void call_goalWithoutMeasurement_isSaidSo() throws IOException {
        assertThat(tables("sample.json"))
                .contains("| launch and destroy, against ProcessBuilder | ≤ 2.5 × | – | not measured |");
    }

    @Test
    void call_pass_costOfEachAndGrowth() throws IOException {
        assertThat(tables("pass.json"))
                .contains("| PassBenchmark.pass | hot=true, memoryStat=true | 1000 | 12 µs |")
                .contains("| ≤ 1.3 × | 1.2 × | ✓ kept | PassBenchmark.pass hot=true, memoryStat=true |")
                .contains("| 0 B | 0.20 B | ✗ missed | PassBenchmark.pass cgroups=1000, hot=true, memoryStat=true |")
                .contains("| PassBenchmark | pass / floorPread | cgroups=1000, hot=true, memoryStat=true | 1.09 × |");
        assertThat(Files.readString(html())).contains("12 µs each of 1000");
    }

    @Test
    void call_singleCallsTimed_mediansAndTheir99thPercentile() throws IOException {
        assertThat(tables("launch.json"))
                .contains("| ≤ 2.5 × | 2 × | ✓ kept | LaunchBenchmark.container / baselineProcessBuilder |")
                .contains("| LaunchBenchmark.container |  | sample | 2 ms | 2 ms – 6 ms | 3 ms | ± 5 µs |");
    }

    @Test
    void call_withoutPartnerOrTime_listedPlainly() throws IOException {
        assertThat(tables("launch.json"))
                .contains("| EndBenchmark.destroy | others=10 | sample | 1.7 ms | 1.7 ms – 1.7 ms | 1.7 ms |  |")
                .contains("| ThroughputBenchmark.read |  | thrpt | 12.5 ops/us |")
                .doesNotContain("read / floorPread");
    }

    @Test
    void call_withoutProfiler_noAllocation() throws IOException {
        assertThat(page("launch.json")).doesNotContain("Allocation of an operation");
        assertThat(page("sample.json")).contains("Allocation of an operation");
    }

    @Test
    void call_severalFiles_mergedAndPairsOfOneRunKept() throws IOException {
        assertThat(tables("sample.json", "pass.json", "again.json"))
                .contains("performance.md sample.json pass.json again.json")
                .contains("| ≤ 1.15 × | 1.12 × |")
                .contains("| SampleBenchmark.sample | memoryStat=true | avgt | 5 µs |");
    }

    @Test
    void call_any_headTellsHostAndRun() throws IOException {
        assertThat(tables("sample.json"))
                .contains("| JDK | 17.0.15 |", "| VM | OpenJDK 64-Bit Server VM 17.0.15+6 |", "| JMH | 1.37 |")
                .contains("| Kernel | Linux "
                        + Files.readString(Path.of("/proc/sys/kernel/osrelease"))
                                .strip() + ", ")
                .containsPattern("\\| Measured \\| \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC \\|")
                .containsPattern("\\| CPU \\| .+, [1-9]\\d* online \\|");
    }

    @Test
    void call_page_needsNoNetworkAndNoScript() throws IOException {
        assertThat(page("sample.json", "pass.json", "launch.json"))
                .contains("<svg", "prefers-color-scheme: dark", "name=\"viewport\"")
                .doesNotContain("http:", "https:", "src=", "href=", "url(", "@import", "<script", "<link");
    }

    @Test
    void call_namesWithMarkup_escaped() throws IOException {
        String result = Files.readString(Results.file("again.json")).replace("\"true\"", "\"<b>|&'\"");

        assertThat(report(written(result))).isZero();

        assertThat(Files.readString(html())).doesNotContain("<b>|").contains("&lt;b&gt;|&amp;&#39;");
        assertThat(Files.readString(markdown())).contains("memoryStat=&lt;b>\\|&amp;'");
    }

    @Test
    void call_missingFile_saysWhichAndHowToMakeIt() {
        Path missing = directory.resolve("missing.json");

        assertThat(report(missing)).isEqualTo(2);

        assertThat(told()).contains(missing + " does not exist", "-rf json -rff " + missing);
        assertThat(html()).doesNotExist();
    }

    @Test
    void call_brokenJson_saysWhichAndHowToMakeIt() throws IOException {
        String whole = Files.readString(Results.file("sample.json"));
        Path broken = written(whole.substring(0, whole.length() / 2));

        assertThat(report(Results.file("sample.json"), broken)).isEqualTo(2);

        assertThat(told()).contains(broken + " is not a JSON result of JMH", "measure again with");
        assertThat(html()).doesNotExist();
    }

    @Test
    void call_otherJson_isNoResult() throws IOException {
        for (String other : List.of("{\"p50\": 3}", "[{\"name\": \"a\"}]", "[null]", "[3]", "", "null")) {
            Path file = written(other);
            told.reset();

            assertThat(report(file)).as(other).isEqualTo(2);

            assertThat(told()).as(other).contains(file + " is ", "measure again with");
        }
    }

    @Test
    void call_noBenchmarks_saysSo() throws IOException {
        Path empty = written("[\n]");

        assertThat(report(empty)).isEqualTo(2);

        assertThat(told()).contains(empty + " holds no benchmark", "measure again with");
    }

    @Test
    void call_nowhereToWrite_isRefused() {
        assertThat(execute(Results.file("sample.json").toString())).isEqualTo(2);

        assertThat(told()).contains("--html", "--markdown");
    }

    @Test
    void call_targetInMissingDirectory_isRefused() {
        Path target = directory.resolve("missing/report.html");

        assertThat(execute("--html=" + target, Results.file("sample.json").toString()))
                .isEqualTo(2);

        assertThat(told()).contains(target + " cannot be written", "directory that is there");
    }
}
