package org.corral.linux.mount;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.corral.linux.Linux;
import org.corral.linux.raw.AccountCalls;
import org.corral.linux.raw.BufferCalls;
import org.corral.linux.raw.EventCalls;
import org.corral.linux.raw.FileCalls;
import org.corral.linux.raw.NamespaceCalls;
import org.corral.linux.raw.ProcessCalls;
import org.corral.linux.raw.Syscalls;
import org.corral.testing.UnexpectedCalls;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountTableTest {

    private static final String ROOT = "25 0 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw,errors=remount-ro";

    @Test
    void parse_manualPageLine_keepsEveryField() {
        MountPoint mount = one("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue");

        assertThat(mount)
                .isEqualTo(new MountPoint(
                        36,
                        35,
                        "/mnt1",
                        "/mnt2",
                        List.of("rw", "noatime"),
                        "ext3",
                        "/dev/root",
                        List.of("rw", "errors=continue")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shared:1 ", "shared:1 master:2 ", "shared:1 master:2 propagate_from:3 unbindable "})
    void parse_anyNumberOfOptionalFields_skipsThem(String optional) {
        MountPoint mount = one("36 35 98:0 / /a rw " + optional + "- cgroup2 none rw,nsdelegate");

        assertThat(mount.fsType()).isEqualTo("cgroup2");
        assertThat(mount.source()).isEqualTo("none");
        assertThat(mount.superOptions()).containsExactly("rw", "nsdelegate");
    }

    @Test
    void parse_octalEscapes_areUndoneOnce() {
        MountPoint mount =
                one("36 35 98:0 /a\\040b /c\\011d\\012e\\134040f\\043g$1 rw - tmp\\040fs s\\040t rw,x=\\054\\040");

        assertThat(mount.root()).isEqualTo("/a b");
        assertThat(mount.mountPoint()).isEqualTo("/c\td\ne\\040f#g$1");
        assertThat(mount.fsType()).isEqualTo("tmp fs");
        assertThat(mount.source()).isEqualTo("s t");
        assertThat(mount.superOptions()).containsExactly("rw", "x=, ");
    }

    @Test
    void parse_dashesInNamesAndOptions_areNoSeparator() {
        MountPoint mount = one("36 35 98:0 /- /- rw,a-b - fuse.x-y - rw,-,z");

        assertThat(mount.mountPoint()).isEqualTo("/-");
        assertThat(mount.fsType()).isEqualTo("fuse.x-y");
        assertThat(mount.source()).isEqualTo("-");
    }

    @Test
    void parse_emptySource_isKept() {
        assertThat(one("36 35 98:0 / /a rw - tmpfs  rw").source()).isEmpty();
    }

    @Test
    void parse_spacesInSuperOptions_belongToThem() {
        assertThat(one("36 35 98:0 / /a rw - overlay overlay rw,lowerdir=/x y").superOptions())
                .containsExactly("rw", "lowerdir=/x y");
    }

    @Test
    void parse_emptyOptions_areNone() {
        assertThat(one("36 35 98:0 / /a rw,,noexec - tmpfs tmpfs ,rw").options())
                .containsExactly("rw", "noexec");
        assertThat(one("36 35 98:0 / /a rw - tmpfs tmpfs ,rw").superOptions()).containsExactly("rw");
    }

    @Test
    void parse_rootsThatAreNoPath_areKept() {
        assertThat(one("36 35 0:4 net:[4026531992] /run/netns/a rw - nsfs nsfs rw")
                        .root())
                .isEqualTo("net:[4026531992]");
        assertThat(one("36 35 0:4 /../.. /sys/fs/cgroup rw - cgroup2 none rw").root())
                .isEqualTo("/../..");
    }

    @Test
    void parse_selfParent_isAMountAsOthers() {
        assertThat(one("1 1 0:1 / / rw - rootfs rootfs rw").parentId()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "36 35 98:0 / /a rw shared:1",
                "36 35 98:0 / /a rw -",
                "36 35 98:0 / /a rw - cgroup2 none",
                "36 35 98:0 / /a - cgroup2 none rw",
                "x 35 98:0 / /a rw - cgroup2 none rw",
                "36 -1 98:0 / /a rw - cgroup2 none rw",
                "99999999999 35 98:0 / /a rw - cgroup2 none rw",
                "36 35 98:0 / relative rw - cgroup2 none rw",
                " 36 35 98:0 / /a rw - cgroup2 none rw"
            })
    void parse_malformedLine_isIgnoredAndKept(String line) {
        MountTable table = MountTable.parse(line + "\n" + ROOT + "\n");

        assertThat(table.ignoredLines()).containsExactly(line);
        assertThat(table.mounts()).extracting(MountPoint::mountPoint).containsExactly("/");
    }

    @Test
    void parse_emptyText_hasNoMounts() {
        assertThat(MountTable.parse("")).isEqualTo(new MountTable(List.of(), List.of()));
        assertThat(MountTable.parse("\n \n")).isEqualTo(new MountTable(List.of(), List.of()));
    }

    @Test
    void parse_randomGarbage_accountsForEveryLineAndThrowsNothing() {
        Random random = new Random(20240117);
        String[] pieces = {
            "36", "/", "/a", "-", " ", " - ", "\\", "\\040", "\\777", "rw", "cgroup2", ":", "\0", "é", ","
        };
        for (int round = 0; round < 5000; round++) {
            StringBuilder line = new StringBuilder("x");
            for (int piece = random.nextInt(30); piece > 0; piece--) {
                line.append(pieces[random.nextInt(pieces.length)]);
            }
            String cut = ROOT.substring(0, random.nextInt(ROOT.length())) + line.substring(1);

            MountTable table = MountTable.parse(line + "\n" + cut + "\n");

            assertThat(table.mounts().size() + table.ignoredLines().size()).isEqualTo(cut.isBlank() ? 1 : 2);
            assertThat(table.ignoredLines()).contains(line.toString());
        }
    }

    @Test
    void visible_laterMountOnTheSamePoint_hidesTheEarlier() {
        MountTable table = MountTable.parse(String.join(
                "\n",
                "30 25 0:1 / /sys/fs/cgroup rw - tmpfs tmpfs rw",
                ROOT,
                "31 30 0:2 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw"));

        assertThat(table.mounts()).hasSize(3);
        assertThat(table.visible()).extracting(MountPoint::mountId).containsExactly(25, 31);
    }

    @Test
    void isReadOnly_roInEitherOptions_isTrue() {
        assertThat(one("36 35 0:4 / /a ro - cgroup2 none rw").isReadOnly()).isTrue();
        assertThat(one("36 35 0:4 / /a rw - cgroup2 none ro").isReadOnly()).isTrue();
        assertThat(one("36 35 0:4 / /a rw - cgroup2 none rw,errors=ro").isReadOnly())
                .isFalse();
    }

    @Test
    void newMountPoint_relativePath_isRefused() {
        assertThatThrownBy(() -> new MountPoint(1, 1, "/", "a", List.of(), "tmpfs", "", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"a\"");
    }

    @Test
    void read_bytesThatAreNoUtf8_areReplaced(@TempDir Path root) throws IOException {
        Path mountinfo = Files.createDirectories(root.resolve("proc/self")).resolve("mountinfo");
        Files.write(mountinfo, "36 35 0:4 / /\377 rw - tmpfs none rw\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(MountTable.read(linux(root)).mounts())
                .extracting(MountPoint::mountPoint)
                .containsExactly("/\ufffd");
    }

    @Test
    void read_noProc_failsNamingTheFile(@TempDir Path root) {
        assertThatThrownBy(() -> MountTable.read(linux(root)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("proc/self/mountinfo");
    }

    private static MountPoint one(String line) {
        MountTable table = MountTable.parse(line);
        assertThat(table.ignoredLines()).isEmpty();
        return table.mounts().get(0);
    }

    private static Linux linux(Path root) {
        return new Linux(
                new Syscalls(
                        UnexpectedCalls.of(FileCalls.class),
                        UnexpectedCalls.of(EventCalls.class),
                        UnexpectedCalls.of(ProcessCalls.class),
                        UnexpectedCalls.of(AccountCalls.class),
                        UnexpectedCalls.of(NamespaceCalls.class),
                        UnexpectedCalls.of(BufferCalls.class)),
                root);
    }
}
