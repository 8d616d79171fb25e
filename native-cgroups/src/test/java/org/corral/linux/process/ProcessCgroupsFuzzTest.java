package org.corral.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.corral.linux.process.ProcessCgroups.Membership;
import org.corral.testing.LayoutFixture;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code /proc/<pid>/cgroup}, in which users who may make cgroups choose the paths, against a plain reader of it. */
class ProcessCgroupsFuzzTest {

    static List<byte[]> hosts() throws IOException {
        return LayoutFixture.contents("proc/self/cgroup");
    }

    @MethodSource("hosts")
    @FuzzTest
    void parse_anyText_isAsPlainlyRead(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        ProcessCgroups cgroups = ProcessCgroups.parse(text);
        List<String> lines = lines(text);

        assertThat(cgroups.memberships().stream()
                        .map(ProcessCgroupsFuzzTest::written)
                        .toList())
                .isEqualTo(lines.stream().map(ProcessCgroupsFuzzTest::normal).toList());
        assertThat(cgroups.unified()).isEqualTo(path("0::", lines));
        assertThat(cgroups.legacy(Set.of("name=systemd"))).isEqualTo(pathOfLabel("name=systemd", lines));
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int labels = line.indexOf(':') + 1;
            int path = line.indexOf(':', labels) + 1;
            if (labels > 0 && path > 0 && line.startsWith("/", path)) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static String labels(String line) {
        int start = line.indexOf(':') + 1;
        return line.substring(start, line.indexOf(':', start));
    }

    private static String afterLabels(String line) {
        return line.substring(line.indexOf(':', line.indexOf(':') + 1));
    }

    /** Labels have no order, and none that is empty means anything. */
    private static String normal(String line) {
        Set<String> labels = new TreeSet<>(Arrays.asList(labels(line).split(",", -1)));
        labels.remove("");
        return line.substring(0, line.indexOf(':')) + ":" + String.join(",", labels) + afterLabels(line);
    }

    private static String written(Membership membership) {
        return normal(membership.hierarchyId() + ":" + String.join(",", membership.labels()) + ":" + membership.path());
    }

    private static Optional<String> path(String start, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .findFirst();
    }

    private static Optional<String> pathOfLabel(String label, List<String> lines) {
        return lines.stream()
                .filter(line -> Arrays.asList(labels(line).split(",", -1)).contains(label))
                .map(line -> afterLabels(line).substring(1))
                .findFirst();
    }
}
