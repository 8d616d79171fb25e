package org.corral.containerizer.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.core.ContainerId;
import org.corral.linux.Linux;
import org.corral.testing.FaultyLinux;
import org.corral.testing.ProcFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checkpoint's owner is pid 100, started at tick 1000 of boot-1; its first process is pid 200. */
class CheckpointTest {

    private static final ProcessIdentity INIT = new ProcessIdentity(200, 1000);
    private static final Checkpoint CHECKPOINT =
            Checkpoints.of(ContainerId.of("web")).withInit(INIT);

    @TempDir
    private Path root;

    private ProcFixture proc;
    private Linux linux;

    @BeforeEach
    void bothRun() throws Exception {
        proc = new ProcFixture(root).startedAt(1000).process(100, "agent", 'S', 1, 100);
        proc.process(200, "init", 'S', 100, 200);
        linux = new FaultyLinux().linux(root);
    }

    @Test
    void isOwned_agentRuns_untilItEnds() throws Exception {
        boot("boot-1");
        assertThat(CHECKPOINT.isOwned(linux)).isTrue();

        proc.remove(100);
        assertThat(CHECKPOINT.isOwned(linux)).isFalse();
    }

    @Test
    void livingInit_processRuns_untilItEnds() throws Exception {
        boot("boot-1");
        assertThat(CHECKPOINT.livingInit(linux)).contains(INIT);

        proc.remove(200);
        assertThat(CHECKPOINT.livingInit(linux)).isEmpty();
    }

    @Test
    void anotherBoot_sameNumbersAndTicks_areOtherProcesses() throws Exception {
        boot("boot-2");

        assertThat(CHECKPOINT.isOwned(linux)).isFalse();
        assertThat(CHECKPOINT.livingInit(linux)).isEmpty();
    }

    private void boot(String id) throws Exception {
        Path file = root.resolve("proc/sys/kernel/random/boot_id");
        Files.createDirectories(file.getParent());
        Files.writeString(file, id + "\n");
    }
}
