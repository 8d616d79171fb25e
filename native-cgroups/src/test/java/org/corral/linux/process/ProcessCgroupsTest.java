package org.corral.linux.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.corral.linux.Linux;
import org.corral.testing.FakeLinux;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessCgroupsTest {

    private static final int PID = 12;

    @TempDir
    private Path root;

    private Linux linux;

    @BeforeEach
    void boot() {
        linux = new FakeLinux(root).linux();
    }

    @Test
    void of_hybridHost_everyKindOfLine() throws Exception {
        write("13:cpu,cpuacct:/corral/a\n12:memory:/b:c\n2:misc,name=odd:/o\n1:name=systemd:/init.scope\n0::/x\n");

        ProcessCgroups cgroups = ProcessCgroups.of(linux, PID).orElseThrow();

        assertThat(cgroups.legacy(Set.of("cpu"))).contains("/corral/a");
        assertThat(cgroups.legacy(Set.of("cpuacct"))).contains("/corral/a");
        assertThat(cgroups.legacy(Set.of("memory"))).as("a colon in a path").contains("/b:c");
        assertThat(cgroups.legacy(Set.of("misc"))).contains("/o");
        assertThat(cgroups.legacy(Set.of("name=odd"))).contains("/o");
        assertThat(cgroups.legacy(Set.of("name=systemd"))).contains("/init.scope");
        assertThat(cgroups.unified()).contains("/x");
        assertThat(cgroups.memberships().get(0).hierarchyId()).isEqualTo("13");
    }

    @Test
    void of_whatIsNotMounted_empty() throws Exception {
        write("1:name=systemd:/\n");

        ProcessCgroups cgroups = ProcessCgroups.of(linux, PID).orElseThrow();

        assertThat(cgroups.unified()).isEmpty();
        assertThat(cgroups.legacy(Set.of("systemd"))).isEmpty();
        assertThat(cgroups.legacy(Set.of("name=cpu"))).isEmpty();
    }

    @Test
    void of_noSuchProcess_empty() throws Exception {
        assertThat(ProcessCgroups.of(linux, PID)).isEmpty();
    }

    @Test
    void parse_malformedLines_areLeftOut() {
        ProcessCgroups cgroups = ProcessCgroups.parse("\n:\n1:cpu\n2:memory:relative\nx\n4:cpu,cpuacct:/a\n");

        assertThat(cgroups.memberships())
                .containsExactly(new ProcessCgroups.Membership("4", Set.of("cpu", "cpuacct"), "/a"));
    }

    /** A user who may make cgroups could have told a process's place in another hierarchy. */
    @Test
    void parse_lineEndsInAName_areOfTheName() {
        ProcessCgroups cgroups = ProcessCgroups.parse("5:cpu:/x\r4:memory:/forged\n4:memory:/a\u0085b\n");

        assertThat(cgroups.legacy(Set.of("cpu"))).contains("/x\r4:memory:/forged");
        assertThat(cgroups.legacy(Set.of("memory"))).contains("/a\u0085b");
    }

    @Test
    void of_nameThatIsNotUtf8_hidesNoOther() throws Exception {
        Path file = root.resolve("proc/" + PID + "/cgroup");
        Files.createDirectories(file.getParent());
        Files.write(file, "4:cpu:/\u00ff\n0::/x\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(ProcessCgroups.of(linux, PID).orElseThrow().unified()).contains("/x");
    }

    @Test
    void legacy_coMountedInAnotherOrder_isFoundByMountOptions() {
        ProcessCgroups cgroups = ProcessCgroups.parse("4:cpuacct,cpu:/a\n3:name=systemd:/b\n");

        assertThat(cgroups.legacy(List.of("rw", "cpu", "cpuacct"))).contains("/a");
        assertThat(cgroups.legacy(List.of("rw", "xattr", "name=systemd"))).contains("/b");
        assertThat(cgroups.legacy(List.of("rw", "memory"))).isEmpty();
    }

    private void write(String text) throws IOException {
        Path file = root.resolve("proc/" + PID + "/cgroup");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
