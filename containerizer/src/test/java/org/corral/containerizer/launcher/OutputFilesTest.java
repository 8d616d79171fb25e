package org.corral.containerizer.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.corral.linux.raw.Constants.O_APPEND;
import static org.corral.linux.raw.Constants.O_CREAT;
import static org.corral.linux.raw.Constants.O_RDONLY;
import static org.corral.linux.raw.Constants.O_WRONLY;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.corral.linux.errno.Errno;
import org.corral.linux.process.Identity;
import org.corral.linux.raw.SpawnPlan;
import org.corral.linux.raw.SpawnPlan.Action;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {

    private static final Identity ALICE = new Identity(1000, 1001);
    private static final int APPEND = O_WRONLY | O_APPEND;

    @TempDir
    Path directory;

    private final FaultyLinux kernel = new FaultyLinux();
    private final List<List<Object>> given = new ArrayList<>();
    private Path out;
    private Path err;

    @BeforeEach
    void noticeOwners() {
        out = directory.resolve("out");
        err = directory.resolve("err");
        kernel.answer("changeOwner", owner -> {
            given.add(List.of(owner[1], owner[2]));
            return null;
        });
    }

    @AfterEach
    void nothingIsOpen() {
        assertThat(kernel.openDescriptors()).isEmpty();
    }

    private static Action.Open append(int fd, Path file) {
        return new Action.Open(fd, file.toString(), APPEND | O_CREAT, 0644);
    }

    private OutputFiles make(Action... actions) throws IOException {
        SpawnPlan plan = new SpawnPlan("/bin/true", List.of("true"), List.of(), List.of(actions), false);
        return OutputFiles.make(kernel.linux(), plan, ALICE);
    }

    private void assertRefused(String... parts) {
        assertThatThrownBy(() -> make(append(1, out), append(2, err)))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void make_missingFiles_areGivenAwayAndHandedOverOpen() throws Exception {
        OutputFiles files = make(append(1, out), append(2, err));

        assertThat(given).containsExactly(List.of(1000, 1001), List.of(1000, 1001));
        List<Action> steps = files.plan().actions();
        assertThat(fileOf(steps.get(0), 1)).isEqualTo(out);
        assertThat(fileOf(steps.get(1), 2)).isEqualTo(err);
        files.keep();
        assertThat(out).isEmptyFile();
        assertThat(err).isEmptyFile();
    }

    /** {@return what the descriptor is of that a step makes the child's} */
    private static Path fileOf(Action step, int stream) throws IOException {
        assertThat(step).isInstanceOfSatisfying(Action.Duplicate.class, copy -> assertThat(copy.copy())
                .isEqualTo(stream));
        return Files.readSymbolicLink(Path.of("/proc/self/fd", String.valueOf(((Action.Duplicate) step).fd())));
    }

    @Test
    void make_existingFile_isLeftToItsOwnerAndOpenedWithoutMakingIt() throws Exception {
        Files.writeString(out, "before");

        OutputFiles files = make(append(1, out));

        assertThat(given).isEmpty();
        assertThat(files.plan().actions()).containsExactly(new Action.Open(1, out.toString(), APPEND, 0644));
        files.remove();
        assertThat(out).hasContent("before");
    }

    @Test
    void make_twoStreamsInOneFile_isMadeOnce() throws Exception {
        OutputFiles files = make(append(1, out), append(2, out));

        assertThat(given).hasSize(1);
        assertThat(fileOf(files.plan().actions().get(0), 1)).isEqualTo(out);
        assertThat(fileOf(files.plan().actions().get(1), 2)).isEqualTo(out);
        files.keep();
    }

    @Test
    void make_whatTheChildDoesNotMake_isLeftAsItIs() throws Exception {
        Action input = new Action.Open(0, out.toString(), O_RDONLY, 0);
        Action close = new Action.CloseFrom(3);

        assertThat(make(input, close).plan().actions()).containsExactly(input, close);
        assertThat(out).doesNotExist();
    }

    @Test
    void make_linkThatLeadsNowhere_isRefusedAndNothingIsMadeThere() throws Exception {
        Files.createSymbolicLink(err, directory.resolve("elsewhere"));

        assertRefused(err.toString(), "EEXIST", "link that leads nowhere");

        assertThat(directory.resolve("elsewhere")).doesNotExist();
        assertThat(out).as("made before").doesNotExist();
        assertThat(err).isSymbolicLink();
    }

    @Test
    void make_notAllowedToGiveAway_isRefusedWithTheRemedyAndNothingIsLeft() {
        kernel.fail("changeOwner", Errno.EPERM);

        assertRefused(out.toString(), "1000:1001", "EPERM", "make it beforehand");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void make_secondCannotBeMade_firstIsRemoved() {
        kernel.failAfter(1, "openAt", Errno.ENOSPC);

        assertRefused(err.toString(), "ENOSPC");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void make_directoryCannotBeOpened_isRefused() {
        kernel.fail("open", Errno.EMFILE);

        assertRefused("EMFILE");

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void remove_anotherFileInItsPlace_stays() throws Exception {
        OutputFiles files = make(append(1, out));
        Path other = Files.writeString(directory.resolve("other"), "somebody's");
        Files.move(other, out, StandardCopyOption.REPLACE_EXISTING);

        files.remove();

        assertThat(out).hasContent("somebody's");
    }

    @Test
    void remove_goneAlreadyOrTwice_doesNothing() throws Exception {
        OutputFiles files = make(append(1, out));
        Files.delete(out);

        files.remove();
        files.remove();

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void remove_refused_isLeft() throws Exception {
        OutputFiles files = make(append(1, out));
        kernel.fail("removeFileAt", Errno.EROFS);

        files.remove();

        assertThat(out).exists();
    }

    @Test
    void remove_notKnownWhetherItIsTheSame_isLeft() throws Exception {
        OutputFiles files = make(append(1, out));
        kernel.fail("status", Errno.EIO);

        files.remove();

        assertThat(out).exists();
    }

    @Test
    void remove_afterKeep_fileStays() throws Exception {
        OutputFiles files = make(append(1, out));
        files.keep();

        files.remove();

        assertThat(out).exists();
    }
}
