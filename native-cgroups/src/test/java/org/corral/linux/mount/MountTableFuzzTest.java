package org.corral.linux.mount;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.corral.testing.LayoutFixture;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables of mounts; who may mount chooses much of their text. The fixtures of real hosts are where it starts. */
class MountTableFuzzTest {

    /** The kernel's: fs/proc_namespace.c has all but the comma, which file systems escape in their options. */
    private static final String ESCAPED = " \t\n\\#,";

    static List<byte[]> hosts() throws IOException {
        return LayoutFixture.contents("proc/self/mountinfo");
    }

    @MethodSource("hosts")
    @FuzzTest
    void parse_anyText_losesNoLineAndMeansWhatItSays(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        MountTable table = MountTable.parse(text);

        long lines = Arrays.stream(text.split("\n", -1))
                .filter(line -> !line.isBlank())
                .count();
        assertThat(table.mounts().size() + table.ignoredLines().size()).isEqualTo((int) lines);
        assertThat(MountTable.parse(written(table)).mounts()).isEqualTo(table.mounts());
        requireLastOfEachPlace(table);
    }

    private static void requireLastOfEachPlace(MountTable table) {
        List<String> places =
                table.visible().stream().map(MountPoint::mountPoint).toList();
        assertThat(places).doesNotHaveDuplicates().allMatch(place -> place.startsWith("/"));
        assertThat(table.mounts().stream().map(MountPoint::mountPoint).distinct())
                .hasSameSizeAs(places);
    }

    private static String written(MountTable table) {
        return table.mounts().stream().map(MountTableFuzzTest::written).collect(Collectors.joining("\n"));
    }

    private static String written(MountPoint mount) {
        return mount.mountId() + " " + mount.parentId() + " 0:1 " + escaped(mount.root()) + " "
                + escaped(mount.mountPoint()) + " " + written(mount.options()) + " shared:1 - "
                + escaped(mount.fsType())
                + " " + escaped(mount.source()) + " " + written(mount.superOptions());
    }

    private static String written(List<String> options) {
        return options.stream().map(MountTableFuzzTest::escaped).collect(Collectors.joining(","));
    }

    private static String escaped(String field) {
        StringBuilder escaped = new StringBuilder();
        field.chars().forEach(c -> escaped.append(escaped((char) c)));
        return escaped.toString();
    }

    private static String escaped(char c) {
        return ESCAPED.indexOf(c) < 0 ? String.valueOf(c) : "\\" + threeDigits(c);
    }

    private static String threeDigits(char c) {
        return Integer.toOctalString(c + 0x200).substring(1);
    }
}
