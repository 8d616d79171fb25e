package org.corral.containerizer.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.linux.Linux;
import org.corral.testing.FaultyLinux;
import org.corral.testing.ProcFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessIdentityTest {

    @TempDir
    Path root;

    private ProcFixture proc;
    private Linux linux;

    @BeforeEach
    void makeProc() throws Exception {
        proc = new ProcFixture(root).startedAt(500).process(10, "x", 'S', 1, 10);
        linux = new FaultyLinux().linux(root);
    }

    @Test
    void of_process_hasItsStart() throws Exception {
        assertThat(ProcessIdentity.of(linux, 10)).contains(new ProcessIdentity(10, 500));
        assertThat(ProcessIdentity.of(linux, 11)).isEmpty();
    }

    @Test
    void isAlive_sameProcess_isTrue() throws Exception {
        assertThat(new ProcessIdentity(10, 500).isAlive(linux)).isTrue();
    }

    @Test
    void isAlive_reusedPid_isFalse() throws Exception {
        assertThat(new ProcessIdentity(10, 499).isAlive(linux)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(chars = {'Z', 'X'})
    void isAlive_ended_isFalse(char state) throws Exception {
        proc.process(10, "x", state, 1, 10);

        assertThat(new ProcessIdentity(10, 500).isAlive(linux)).isFalse();
    }

    @Test
    void isAlive_gone_isFalse() throws Exception {
        proc.remove(10);

        assertThat(new ProcessIdentity(10, 500).isAlive(linux)).isFalse();
    }

    @Test
    void isAlive_cannotBeTold_throwsInsteadOfSayingNo() throws Exception {
        Files.delete(root.resolve("proc/10/stat"));
        Files.createDirectory(root.resolve("proc/10/stat"));

        assertThatThrownBy(() -> new ProcessIdentity(10, 500).isAlive(linux)).isInstanceOf(IOException.class);
    }

    @Test
    void constructor_noProcess_isRefused() {
        assertThatThrownBy(() -> new ProcessIdentity(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProcessIdentity(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ProcessIdentity(2, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
