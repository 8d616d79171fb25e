package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.corral.it.conformance.MesosBehaviour;
import org.corral.linux.Linux;
import org.corral.linux.mount.MountPoint;
import org.corral.linux.mount.MountTable;
import org.junit.jupiter.api.Test;

/** What is mounted on this host. */
class MountTableIT {

    private static MountPoint visible(MountTable table, String mountPoint) {
        return table.visible().stream()
                .filter(mount -> mount.mountPoint().equals(mountPoint))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @MesosBehaviour(90)
    void read_thisHost_topAndProcWithTheirOptions() throws Exception {
        MountTable table = MountTable.read(Linux.ofThisHost());
        assertThat(table.ignoredLines()).isEmpty();
        assertThat(visible(table, "/proc").fsType()).isEqualTo("proc");
        assertThat(visible(table, "/").isReadOnly()).isEqualTo(isReadOnly("/"));
    }

    /** As proc_pid_mounts(5) tells, of the last one there. */
    private static boolean isReadOnly(String mountPoint) throws IOException {
        boolean readOnly = false;
        for (String line : Files.readAllLines(Path.of("/proc/self/mounts"))) {
            List<String> fields = List.of(line.split(" ", -1));
            if (fields.get(1).equals(mountPoint)) {
                readOnly = List.of(fields.get(3).split(",", -1)).contains("ro");
            }
        }
        return readOnly;
    }

    /** How mounts propagate is left out: nothing here depends on it. */
    @Test
    @MesosBehaviour(91)
    void parse_sharedPrivateAndSlave_areUnderstood() {
        MountTable table = MountTable.parse(
                """
                19 1 0:18 / /sys rw,nosuid shared:7 - sysfs sysfs rw
                20 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
                21 20 0:4 /a /b ro master:3 propagate_from:2 - tmpfs none rw,size=1k
                """);
        assertThat(table.ignoredLines()).isEmpty();
        assertThat(table.mounts()).extracting(MountPoint::mountPoint).containsExactly("/sys", "/", "/b");
        assertThat(visible(table, "/b").isReadOnly()).isTrue();
    }

    /** They stay in the order in which they were mounted, of which the last one on a mount point is the one that is seen. */
    @Test
    @MesosBehaviour(92)
    void parse_topIsItsOwnParentAndAMountHidesAnother_lastIsSeen() {
        MountTable table = MountTable.parse(
                """
                1 1 0:1 / / rw - rootfs rootfs rw
                30 1 0:4 / /a rw - tmpfs first rw
                31 30 0:5 / /a rw - tmpfs second rw
                """);
        assertThat(table.mounts()).hasSize(3);
        assertThat(visible(table, "/").parentId()).isEqualTo(1);
        assertThat(table.visible()).extracting(MountPoint::source).isEqualTo(List.of("rootfs", "second"));
    }
}
