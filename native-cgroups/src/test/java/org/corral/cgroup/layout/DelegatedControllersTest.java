package org.corral.cgroup.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.corral.testing.LayoutFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a file may not be written is played by its not being there: these tests may run as root. */
class DelegatedControllersTest {

    private static final CgroupRoot ROOT = new CgroupRoot("/delegated/corral", Optional.empty());

    @TempDir
    private Path directory;

    private LayoutFixture host;

    @BeforeEach
    void boot() throws IOException {
        host = LayoutFixture.of("v2-user-fedora41", directory);
    }

    private CgroupLayout restricted() throws IOException {
        return DelegatedControllers.restrict(LayoutDiscovery.discover(host.linux()), ROOT);
    }

    private void level(String cgroup, String controllers) throws IOException {
        Files.writeString(host.directory("/sys/fs/cgroup" + cgroup).resolve("cgroup.controllers"), controllers + "\n");
    }

    private void mayWrite(String cgroup) throws IOException {
        Files.writeString(host.directory("/sys/fs/cgroup" + cgroup).resolve("cgroup.subtree_control"), "");
    }

    @Test
    void restrict_someControllersDelegated_theOthersAreGivenUpWithAReason() throws IOException {
        level("/delegated", "memory pids");

        CgroupLayout layout = restricted();

        assertThat(layout.bindings())
                .containsOnlyKeys(
                        Controller.MEMORY,
                        Controller.PIDS,
                        Controller.CPUACCT,
                        Controller.FREEZER,
                        Controller.PERF_EVENT);
        assertThat(layout.unavailable().get(Controller.CPU))
                .contains("/delegated/corral", "Delegate=cpu")
                .doesNotContain("\n");
        assertThat(layout.hierarchies())
                .isEqualTo(LayoutDiscovery.discover(host.linux()).hierarchies());
    }

    @Test
    void restrict_noneDelegated_theCoreAloneIsLeft() throws IOException {
        level("/delegated", "");

        assertThat(restricted().bindings().keySet()).allMatch(Controller::isPartOfV2Core);
    }

    @Test
    void restrict_levelsAboveMayBeWritten_allReach() throws IOException {
        level("/delegated", "");
        mayWrite("");

        assertThat(restricted()).isEqualTo(LayoutDiscovery.discover(host.linux()));
    }

    @Test
    void restrict_rootThereButGivenLess_whatMayBeAddedCounts() throws IOException {
        level("/delegated", "memory pids");
        mayWrite("/delegated");
        level("/delegated/corral", "pids");

        assertThat(restricted().bindings()).containsKeys(Controller.MEMORY, Controller.PIDS);
        assertThat(restricted().bindings()).doesNotContainKey(Controller.CPU);
    }

    @Test
    void restrict_nothingOfTheRootThere_allReach() throws IOException {
        assertThat(restricted()).isEqualTo(LayoutDiscovery.discover(host.linux()));
    }

    @Test
    void restrict_v1_staysAsItIs() throws IOException {
        LayoutFixture legacy = LayoutFixture.of("v1-co-mounted-almalinux8", directory.resolve("legacy"));
        CgroupLayout layout = LayoutDiscovery.discover(legacy.linux());

        assertThat(DelegatedControllers.restrict(layout, ROOT)).isEqualTo(layout);
    }

    @Test
    void restrict_levelCannotBeRead_told() {
        host.directory("/sys/fs/cgroup/delegated");

        assertThatIOException().isThrownBy(this::restricted).withMessageContaining("cgroup.controllers");
    }
}
