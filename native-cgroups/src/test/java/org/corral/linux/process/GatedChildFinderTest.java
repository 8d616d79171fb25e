package org.corral.linux.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.corral.testing.FaultyLinux;
import org.corral.testing.ProcFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatedChildFinderTest {

    private static final int SELF = 100;
    private static final int THREAD = 123;
    private static final String NAME = "corral-gate-1";

    @TempDir
    Path root;

    private ProcFixture proc;
    private GatedChildFinder finder;

    @BeforeEach
    void makeProc() throws Exception {
        proc = new ProcFixture(root).stack(77).process(SELF, "java", 'S', 1, SELF);
        finder = new GatedChildFinder(
                new FaultyLinux().answer("pid", none -> SELF).linux(root));
    }

    private void children(String text) throws IOException {
        Path task = Files.createDirectories(root.resolve("proc/self/task/" + THREAD));
        Files.writeString(task.resolve("children"), text);
    }

    @Test
    void find_threadWithAChild_isThatChild() throws Exception {
        children("4711 ");

        assertThat(finder.find(THREAD, NAME)).hasValue(4711);
    }

    @Test
    void find_threadWithoutAChild_isEmpty() throws Exception {
        children("");
        proc.process(200, NAME, 'S', SELF, SELF);

        assertThat(finder.find(THREAD, NAME)).isEmpty();
    }

    @Test
    void find_kernelWithoutChildrenFiles_looksForOurChildOfThatNameAndStack() throws Exception {
        proc.process(200, NAME, 'S', SELF, 200);

        assertThat(finder.find(THREAD, NAME)).hasValue(200);
    }

    @Test
    void find_kernelWithoutChildrenFiles_takesNoOther() throws Exception {
        proc.process(200, "corral-gate-2", 'S', SELF, 200);
        proc.process(201, NAME, 'S', 1, 201);
        proc.stack(78).process(202, NAME, 'S', SELF, 202);

        assertThat(finder.find(THREAD, NAME)).isEqualTo(OptionalInt.empty());
    }

    @Test
    void find_procOfAnotherPidNamespace_saysWhatToMount() throws Exception {
        proc.remove(SELF);

        assertThatThrownBy(() -> finder.find(THREAD, NAME))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("mount proc(5)");
    }
}
