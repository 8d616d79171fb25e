package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;
import org.corral.containerizer.Corral;
import org.corral.core.ContainerId;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.unit.IdList;
import org.corral.core.unit.Maximum;
import org.corral.linux.raw.Constants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Names and values that lead elsewhere, or hold more than one of them (runc#3403, runc#4103, newlines in a line-parsed file):
 * refused before the kernel is asked to change anything.
 */
@ExtendWith(LeakCheck.class)
@Requires({Need.PIDFD, Need.CPU, Need.PIDS})
class HostileNamesIT {

    /** No name of a cgroup, of a file in one, of a container, or of a part of the root. */
    private static final List<String> NAMES = List.of(
            "",
            ".",
            "..",
            "/",
            "//",
            "///",
            "./",
            "../",
            "/.",
            "/..",
            "a/",
            "/a",
            "a//b",
            "a/./b",
            "a/../b",
            "a/../..",
            "a/../../..",
            "../a",
            "../../a",
            "..//a",
            "./../a",
            "../../../../etc/passwd",
            "../cgroup.procs",
            "a\n",
            "\na",
            "a\nb",
            "\n",
            "\r",
            "a\tb",
            "a\0b",
            "\0",
            "a\0/../b",
            "\u001b[31m",
            "\u007f",
            "\u0085",
            "\udc2e\udc2e",
            "\udc2e\udc2e\udc2fa",
            "a\udc2fb",
            "a".repeat(256),
            "a".repeat(4096),
            "../".repeat(1365),
            "a/".repeat(2048));

    /** What the kernel calls files of its own: a cgroup would have to bear the same name. */
    private static final List<String> KERNELS =
            List.of("cgroup.procs", "cgroup.kill", "tasks", "notify_on_release", "release_agent");

    private static final List<String> VALUES =
            List.of("1\n2", "1\n", "\n1", "max\n0", "1\r\n2", "1\0", "1 2", "../1", "1/../2");

    private static final List<Function<String, ?>> PARSERS =
            List.of(IdList::parse, DataSize::parse, CpuAmount::parse, DeviceNumber::parse, Maximum::parseCount);

    private final RecordingLinux kernel = new RecordingLinux();
    private TestRoot root;
    private OneCgroup one;

    @BeforeEach
    void create(TestRoot own) throws IOException {
        root = own;
        one = OneCgroup.create(own);
    }

    @AfterEach
    void close() throws Exception {
        one.close();
    }

    private static void assertRefused(String name, ThrowingCallable... calls) {
        for (ThrowingCallable call : calls) {
            assertThatIllegalArgumentException().as("\"%s\"", name).isThrownBy(call);
        }
    }

    private void assertNothingChanged() {
        assertThat(kernel.changes()).isEmpty();
    }

    @Test
    void names_hostile_areNoContainers() {
        assertThat(NAMES).hasSizeGreaterThanOrEqualTo(40).doesNotHaveDuplicates();
        Stream.concat(NAMES.stream(), KERNELS.stream())
                .forEach(name -> assertRefused(name, () -> ContainerId.of(name), () -> ContainerId.of("a")
                        .child(name)));
    }

    @Test
    void names_hostile_areNoCgroupsAndNoFilesInOne() throws Exception {
        Hierarchy hierarchy = one.tree().layout().hierarchyOf(Controller.PIDS).orElseThrow();
        CgroupTree tree =
                new CgroupTree(kernel.linux(), one.tree().layout(), one.tree().root());
        try (CgroupDir dir =
                CgroupDir.open(kernel.linux(), hierarchy, one.cgroup().path())) {
            for (String name : NAMES) {
                assertRefused(
                        name,
                        () -> tree.create(name, "test"),
                        () -> tree.open(name),
                        () -> tree.openOwn(name),
                        () -> dir.makeChild(name),
                        () -> dir.openChild(name),
                        () -> dir.removeChild(name),
                        () -> dir.open(name, Constants.O_RDWR),
                        () -> dir.read(name),
                        () -> dir.write(name, "1"));
            }
        }
        assertNothingChanged();
    }

    @Test
    void names_hostile_areNoPartsOfTheRoot() throws Exception {
        for (String name : Stream.concat(NAMES.stream(), KERNELS.stream()).toList()) {
            assertRefused(
                    name, () -> Corral.open(kernel.linux(), Host.options(root).withRoot("/corral/" + name))
                            .close());
        }
        assertNothingChanged();
        assertThat(Host.stateOf(root)).doesNotExist();
    }

    @Test
    void values_withNewlines_areNotWritten() throws Exception {
        Hierarchy hierarchy = one.tree().layout().hierarchyOf(Controller.PIDS).orElseThrow();
        try (CgroupDir dir =
                CgroupDir.open(kernel.linux(), hierarchy, one.cgroup().path())) {
            for (String value : List.of("1\n2", "1\n", "\n1", "max\n1")) {
                assertRefused(value, () -> dir.write("pids.max", value));
            }
        }
        assertNothingChanged();
        assertThat(Files.readString(one.path("pids").resolve("pids.max")).strip())
                .isEqualTo("max");
    }

    /** All texts that a user gives and that end in a control file, or in the name of one, come through these. */
    @Test
    void values_hostile_areRefusedOrBecomeOneHarmlessValue() {
        for (Function<String, ?> parser : PARSERS) {
            for (String value : VALUES) {
                assertThat(accepted(parser, value)).as("\"%s\"", value).matches("[A-Za-z0-9.:,-]*");
            }
        }
    }

    private static String accepted(Function<String, ?> parser, String value) {
        try {
            return String.valueOf(parser.apply(value));
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** A huge page's size becomes part of a file's name: runc#4103. */
    @Test
    @Requires({Need.GATE, Need.MEMORY})
    void commandLine_hostileValues_areRefusedAndNothingIsMade() throws Exception {
        try (Cli corral = new Cli(root)) {
            for (List<String> option : List.of(
                    List.of("--hugetlb", "../../x=1M"),
                    List.of("--cpuset-cpus", "0\n1"),
                    List.of("--device-read-bps", "8:0\n8:1:1M"),
                    List.of("--mem", "64M\n128M"),
                    List.of("--id", "../../etc"))) {
                Cli.Result result = corral.run("run", option.get(0), option.get(1), "--", "true");
                assertThat(result.code()).as(option.toString()).isEqualTo(125);
                assertThat(result.err()).startsWith("corral: ").hasLineCount(1);
            }
        }
        assertThat(Host.stateOf(root)).doesNotExist();
        assertThat(one.tree().list()).containsExactly(OneCgroup.NAME);
    }
}
