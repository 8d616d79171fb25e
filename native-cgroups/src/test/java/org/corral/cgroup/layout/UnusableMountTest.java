package org.corral.cgroup.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.corral.cgroup.layout.Controller.CPU;
import static org.corral.cgroup.layout.Controller.CPUSET;
import static org.corral.cgroup.layout.Controller.MEMORY;
import static org.corral.cgroup.layout.Controller.PIDS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.corral.linux.errno.Errno;
import org.corral.testing.FakeMagicFiles;
import org.corral.testing.LayoutFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@link LayoutDiscovery} makes of mounts that are not what the mount table says. */
class UnusableMountTest {

    @TempDir
    private Path directory;

    @Test
    void discover_cpusetMountedTwiceAndOneCannotBeOpened_bindsTheOther() throws IOException {
        LayoutFixture host = LayoutFixture.of("v1-cpuset-twice", directory);
        host.files().failOpen(host.path("/sys/fs/cgroup/cpuset"), Errno.EACCES);

        CgroupLayout layout = LayoutDiscovery.discover(host.linux());

        assertThat(layout.hierarchyOf(CPUSET).orElseThrow().mountPoint()).isEqualTo(host.path("/cpusets"));
        assertThat(layout.ignored())
                .singleElement()
                .asString()
                .startsWith("/sys/fs/cgroup/cpuset: open(")
                .contains("EACCES");
    }

    @Test
    void discover_nothingMountedButCompiledIn_saysHowToMount() throws IOException {
        LayoutFixture host = LayoutFixture.of("v2-ubuntu2404", directory);
        host.files().magic(host.path("/sys/fs/cgroup"), FakeMagicFiles.TMPFS_MAGIC);

        CgroupLayout layout = LayoutDiscovery.discover(host.linux());

        assertThat(layout.unavailable().get(CPU))
                .isEqualTo("no cgroup hierarchy is mounted: mount -t cgroup2 cgroup2 /sys/fs/cgroup");
        assertThat(layout.ignored())
                .containsExactly("/sys/fs/cgroup: another file system hides it: magic is 0x1021994, not 0x63677270");
    }

    @Test
    void discover_mountPointThatIsGone_isIgnoredWithTheError() throws IOException {
        LayoutFixture host = LayoutFixture.of("v1-separate", directory);
        Files.delete(host.path("/sys/fs/cgroup/memory"));

        CgroupLayout layout = LayoutDiscovery.discover(host.linux());

        assertThat(layout.hierarchyOf(CPU)).isPresent();
        assertThat(layout.unavailable()).containsKey(MEMORY);
        assertThat(layout.ignored())
                .singleElement()
                .asString()
                .contains("/sys/fs/cgroup/memory")
                .contains("ENOENT");
    }

    @Test
    void discover_v2WithoutControllersFile_isIgnoredNamingTheFile() throws IOException {
        LayoutFixture host = LayoutFixture.of("v2-ubuntu2404", directory);
        Files.delete(host.path("/sys/fs/cgroup/cgroup.controllers"));

        CgroupLayout layout = LayoutDiscovery.discover(host.linux());

        assertThat(layout.hierarchies()).isEmpty();
        assertThat(layout.ignored()).singleElement().asString().contains("cgroup.controllers");
    }

    @Test
    void discover_pathThatJavaCannotExpress_isIgnored() throws IOException {
        LayoutFixture host = LayoutFixture.of("v1-colon-path", directory);
        Files.writeString(host.path("/proc/self/mountinfo"), "28 24 0:28 / /a\0b rw - cgroup cgroup rw,memory\n");

        CgroupLayout layout = LayoutDiscovery.discover(host.linux());

        assertThat(layout.ignored()).singleElement().asString().contains("not a path");
    }

    @Test
    void discover_laterMountHidesAnEarlier_onlyTheLaterCounts() throws IOException {
        LayoutFixture host = LayoutFixture.of("v1-colon-path", directory);
        Files.writeString(
                host.path("/proc/self/mountinfo"),
                "40 28 0:40 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,pids\n",
                StandardOpenOption.APPEND);

        assertThat(LayoutDiscovery.discover(host.linux()).bindings()).containsOnlyKeys(PIDS);
    }

    @Test
    void discover_noMountinfo_failsNamingIt() throws IOException {
        LayoutFixture host = LayoutFixture.of("empty-mountinfo", directory);
        Files.delete(host.path("/proc/self/mountinfo"));

        assertThatThrownBy(() -> LayoutDiscovery.discover(host.linux()))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("mountinfo");
    }

    @Test
    void discover_noOwnCgroupFile_ownPathIsTheRoot() throws IOException {
        LayoutFixture host = LayoutFixture.of("v2-ubuntu2404", directory);
        Files.delete(host.path("/proc/self/cgroup"));

        assertThat(LayoutDiscovery.discover(host.linux()).hierarchies())
                .extracting(Hierarchy::ownPath)
                .containsExactly("/");
    }
}
