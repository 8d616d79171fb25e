package org.corral.linux.raw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.corral.core.ExitStatus;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.SpawnPlan.Action;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JnrSpawnTest {

    private static final int OUTPUT_FLAGS = Constants.O_WRONLY | Constants.O_CREAT | Constants.O_APPEND;
    /** Signals 32 and 33 of its threads: glibc has every child ignore them until the child's own threads start. */
    private static final long OF_THE_C_LIBRARY = 0b11L << 31;

    private static final ExitStatus SUCCESS = new ExitStatus.Exited(0);

    @TempDir
    private Path directory = Path.of("");

    private Path output = Path.of("");

    @BeforeEach
    void setUp() {
        output = directory.resolve("output");
    }

    @AfterEach
    void noChildIsLeft() throws IOException {
        assertThat(Children.ofThisThread()).isEmpty();
    }

    @Test
    void spawn_arguments_arriveExactly() throws Exception {
        List<String> argv = List.of("sh", "-c", "cat /proc/$$/cmdline; exit 0", "", "a b", "ü€😀", "\n", "'\"\\", "");
        run("/bin/sh", argv, List.of("PATH=/bin:/usr/bin"), List.of());
        assertThat(strings()).isEqualTo(argv);
    }

    /** With glibc before 2.39 the function is missing, which concerns no other call; after that there is no such cgroup. */
    @Test
    void spawn_inCgroupOfNoDescriptor_failsWithoutAChild() {
        SpawnPlan plan = new SpawnPlan("/bin/true", List.of("true"), List.of(), List.of(), false);
        assertThatThrownBy(() -> Syscalls.ofThisHost().processes().spawn(plan.inCgroup(Integer.MAX_VALUE)))
                .satisfiesAnyOf(
                        e -> assertThat(e)
                                .isInstanceOf(UnsatisfiedLinkError.class)
                                .hasMessageContaining("posix_spawnattr_setcgroup_np"),
                        e -> assertThat(e).hasMessageContaining("EBADF"));
    }

    @Test
    void spawn_environment_arrivesExactlyAndAlone() throws Exception {
        List<String> environment = List.of("A=", "B=a=b c", "ÜMLAUT=ü€😀", "LAST=1");
        run("/bin/cat", List.of("cat", "/proc/self/environ"), environment, List.of());
        assertThat(strings()).isEqualTo(environment);
    }

    @Test
    void spawn_emptyEnvironment_leaksNothingOfTheAgents() throws Exception {
        run("/bin/cat", List.of("cat", "/proc/self/environ"), List.of(), List.of());
        assertThat(output).isEmptyFile();
    }

    @Test
    void spawn_manyArguments_arriveExactly() throws Exception {
        List<String> argv = new ArrayList<>(List.of("sh", "-c", "cat /proc/$$/cmdline; exit 0"));
        for (int i = 0; i < 1000; i++) {
            argv.add("argument " + i);
        }
        run("/bin/sh", argv, List.of("PATH=/bin:/usr/bin"), List.of());
        assertThat(strings()).isEqualTo(argv);
    }

    @Test
    void spawn_nulInAnArgument_refused() {
        SpawnPlan plan = Children.plan(List.of(), "/bin/true", "a\0b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Children.run(plan))
                .withMessageContaining("'a␀b'");
    }

    /** The copy has no CLOEXEC, so that without the action it would be there; 3 is the directory that ls reads. */
    @Test
    void spawn_closeFrom_leavesTheStandardStreamsAlone() throws Exception {
        List<Action> actions = List.of(new Action.Duplicate(1, 9), new Action.CloseFrom(3));
        run("/bin/ls", List.of("ls", "/proc/self/fd"), List.of(), actions);
        assertThat(output).hasContent("0\n1\n2\n3");
    }

    @Test
    void spawn_duplicate_isTheSameFile() throws Exception {
        List<Action> actions = List.of(new Action.Duplicate(1, 2));
        run("/bin/sh", List.of("sh", "-c", "echo out; echo err >&2"), List.of(), actions);
        assertThat(output).hasContent("out\nerr");
    }

    @Test
    void spawn_openForReading_isTheInput() throws Exception {
        Path input = Files.writeString(directory.resolve("input"), "text");
        List<Action> actions = List.of(new Action.Open(0, input.toString(), Constants.O_RDONLY, 0));
        run("/bin/cat", List.of("cat"), List.of(), actions);
        assertThat(output).hasContent("text");
    }

    @Test
    void spawn_openCreates_withTheMode() throws Exception {
        run("/bin/true", List.of("true"), List.of(), List.of());
        assertThat(Files.getAttribute(output, "unix:mode")).isEqualTo(0100600);
    }

    @Test
    void spawn_changeDirectory_isTheWorkingDirectory() throws Exception {
        List<Action> actions = List.of(new Action.ChangeDirectory(directory.toString()));
        run("/bin/pwd", List.of("pwd", "-P"), List.of(), actions);
        assertThat(output).hasContent(directory.toRealPath().toString());
    }

    /** HotSpot blocks SIGQUIT in all of its threads but one; a child without a mask of its own would inherit that. */
    @Test
    void spawn_signals_noneBlockedAndNoneIgnored() throws Exception {
        run("/bin/cat", List.of("cat", "/proc/self/status"), List.of(), List.of());
        assertThat(signals("SigBlk")).isZero();
        assertThat(signals("SigIgn") & ~OF_THE_C_LIBRARY).isZero();
    }

    private long signals(String name) throws IOException {
        try (Stream<String> lines = Files.lines(output)) {
            String line = lines.filter(each -> each.startsWith(name + ":"))
                    .findFirst()
                    .orElseThrow();
            return Long.parseUnsignedLong(line.substring(name.length() + 1).strip(), 16);
        }
    }

    @Test
    void spawn_newSession_leadsIt() throws Exception {
        Children.run(new SpawnPlan("/bin/cat", List.of("cat", "/proc/self/stat"), List.of(), toOutput(), true));
        assertThat(session()).isEqualTo(statFields().get(0));
    }

    @Test
    void spawn_noNewSession_staysInTheAgents() throws Exception {
        run("/bin/cat", List.of("cat", "/proc/self/stat"), List.of(), List.of());
        String own = Files.readString(Path.of("/proc/self/stat"));
        assertThat(session()).isEqualTo(own.substring(own.lastIndexOf(')') + 2).split(" ", -1)[3]);
    }

    @Test
    void spawn_noSuchProgram_enoent() {
        assertFails(Children.plan(List.of(), directory + "/none"), Errno.ENOENT, directory + "/none");
    }

    @Test
    void spawn_programNotExecutable_eacces() throws IOException {
        Path program = Files.writeString(directory.resolve("program"), "#!/bin/sh\n");
        assertFails(Children.plan(List.of(), program.toString()), Errno.EACCES, program.toString());
    }

    @Test
    void spawn_programIsNoProgram_enoexec() throws IOException {
        Path program = Files.writeString(directory.resolve("program"), "\0\0\0\0");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertFails(Children.plan(List.of(), program.toString()), Errno.ENOEXEC, program.toString());
    }

    @Test
    void spawn_openFails_itsErrorAndTheProgramDoesNotRun() {
        List<Action> actions = List.of(new Action.Open(0, directory + "/none/file", Constants.O_RDONLY, 0));
        assertFails(touch(actions), Errno.ENOENT, "/bin/touch");
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void spawn_changeDirectoryFails_itsErrorAndTheProgramDoesNotRun() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        assertFails(touch(List.of(new Action.ChangeDirectory(file.toString()))), Errno.ENOTDIR, "/bin/touch");
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    @Test
    void spawn_duplicateFails_itsErrorAndTheProgramDoesNotRun() {
        assertFails(touch(List.of(new Action.Duplicate(999_999, 0))), Errno.EBADF, "/bin/touch");
        assertThat(directory.resolve("ran")).doesNotExist();
    }

    private SpawnPlan touch(List<Action> actions) {
        return Children.plan(actions, "/bin/touch", directory + "/ran");
    }

    private static void assertFails(SpawnPlan plan, Errno errno, String subject) {
        assertThatExceptionOfType(ErrnoException.class)
                .isThrownBy(() -> Children.run(plan))
                .satisfies(e -> assertThat(e.errno()).isEqualTo(errno))
                .withMessageContaining(subject);
    }

    private void run(String path, List<String> argv, List<String> environment, List<Action> more) throws Exception {
        List<Action> actions = new ArrayList<>(toOutput());
        actions.addAll(more);
        assertThat(Children.run(new SpawnPlan(path, argv, environment, actions, false)))
                .isEqualTo(SUCCESS);
    }

    private List<Action> toOutput() {
        return List.of(new Action.Open(1, output.toString(), OUTPUT_FLAGS, 0600));
    }

    /** {@return what the output holds, each ended by a NUL} */
    private List<String> strings() throws IOException {
        String all = Files.readString(output, StandardCharsets.UTF_8);
        assertThat(all).endsWith("\0");
        return Arrays.asList(all.substring(0, all.length() - 1).split("\0", -1));
    }

    private List<String> statFields() throws IOException {
        return List.of(Files.readString(output).split(" ", -1));
    }

    private String session() throws IOException {
        return statFields().get(5);
    }
}
