package org.corral.linux.process;

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

class ProcessTableTest {

    @TempDir
    Path root;

    private Linux linux;

    @BeforeEach
    void makeProc() throws Exception {
        linux = new FaultyLinux().linux(root);
        Files.createDirectories(root.resolve("proc/self"));
        Files.createDirectories(root.resolve("proc/sys"));
        new ProcFixture(root).process(10, "init", 'S', 1, 10);
        new ProcFixture(root).process(11, "sh", 'Z', 10, 10);
    }

    @Test
    void read_proc_listsItsProcesses() throws Exception {
        assertThat(ProcessTable.read(linux).processes())
                .extracting(ProcStat::pid)
                .containsExactlyInAnyOrder(10, 11);
    }

    @Test
    void read_processThatEndedMeanwhile_isLeftOut() throws Exception {
        Files.createDirectories(root.resolve("proc/12"));

        assertThat(ProcessTable.read(linux).processes())
                .extracting(ProcStat::pid)
                .doesNotContain(12);
    }

    @Test
    void read_noProc_throws(@TempDir Path empty) {
        Linux without = new FaultyLinux().linux(empty);

        assertThatThrownBy(() -> ProcessTable.read(without)).isInstanceOf(IOException.class);
    }

    @Test
    void read_processThatIsThereButUnreadable_throwsInsteadOfHidingIt() throws Exception {
        Files.createDirectories(root.resolve("proc/12/stat")); // EISDIR stands for EMFILE and the like

        assertThatThrownBy(() -> ProcessTable.read(linux)).isInstanceOf(IOException.class);
    }

    @Test
    void find_process_isAsItsFileSays() throws Exception {
        assertThat(ProcessTable.find(linux, 11)).hasValueSatisfying(found -> {
            assertThat(found.comm()).isEqualTo("sh");
            assertThat(found.state()).isEqualTo('Z');
        });
    }

    @Test
    void find_noProcess_isEmpty() throws Exception {
        assertThat(ProcessTable.find(linux, 99)).isEmpty();
    }

    @Test
    void find_unreadable_throwsInsteadOfSayingItIsGone() throws Exception {
        Files.createDirectories(root.resolve("proc/12/stat"));

        assertThatThrownBy(() -> ProcessTable.find(linux, 12)).isInstanceOf(IOException.class);
    }

    @Test
    void find_malformed_namesTheFile() throws Exception {
        Files.writeString(root.resolve("proc/10/stat"), "nonsense");

        assertThatThrownBy(() -> ProcessTable.find(linux, 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/proc/10/stat");
    }

    @Test
    void find_thisVeryProcess_isFound() throws Exception {
        Linux host = Linux.ofThisHost();

        assertThat(ProcessTable.find(host, host.processes().pid())).isPresent();
        assertThat(ProcessTable.read(host).processes())
                .extracting(ProcStat::pid)
                .contains(host.processes().pid());
    }
}
