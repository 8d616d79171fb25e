package org.corral.containerizer.isolator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Rlimit;
import org.corral.linux.errno.Errno;
import org.corral.testing.FaultyLinux;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PosixRlimitsTest {

    private static final ContainerId ID = ContainerId.of("c");
    private static final Rlimit.Limits LIMITS = new Rlimit.Limits(10, 20);

    @TempDir
    Path root;

    private final List<Object> set = new ArrayList<>();
    private final FaultyLinux kernel = new FaultyLinux();
    private PosixRlimits rlimits;
    private Path oomScoreAdj;

    @BeforeEach
    void makeProc() throws Exception {
        kernel.answer("setLimits", arguments -> {
            set.addAll(List.of(arguments));
            return null;
        });
        rlimits = new PosixRlimits(kernel.linux(root));
        oomScoreAdj = Files.createDirectories(root.resolve("proc/50")).resolve("oom_score_adj");
        Files.writeString(oomScoreAdj, "0");
    }

    private static LaunchRequest.Builder command() {
        return LaunchRequest.builder(List.of("x"));
    }

    @Test
    void isolate_limits_areSetOnThatProcess() throws Exception {
        rlimits.prepare(ID, command().rlimits(Map.of(Rlimit.NOFILE, LIMITS)).build());

        rlimits.isolate(ID, 50);

        assertThat(set).containsExactly(50, Rlimit.NOFILE, LIMITS);
        assertThat(oomScoreAdj).hasContent("0");
    }

    @Test
    void isolate_oomScore_isWritten() throws Exception {
        rlimits.prepare(ID, command().oomScoreAdj(500).build());

        rlimits.isolate(ID, 50);

        assertThat(oomScoreAdj).hasContent("500");
        assertThat(set).isEmpty();
    }

    @Test
    void isolate_limitRefused_throws() {
        kernel.fail("setLimits", Errno.EPERM);
        rlimits.prepare(ID, command().rlimits(Map.of(Rlimit.NOFILE, LIMITS)).build());

        assertThatThrownBy(() -> rlimits.isolate(ID, 50)).hasMessageContaining("EPERM");
    }

    @Test
    void isolate_oomScoreRefused_namesTheCapability() throws Exception {
        Files.delete(oomScoreAdj);
        Files.createDirectory(oomScoreAdj);
        rlimits.prepare(ID, command().oomScoreAdj(-500).build());

        assertThatThrownBy(() -> rlimits.isolate(ID, 50))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll("-500", "CAP_SYS_RESOURCE");
    }

    @Test
    void isolate_cleanedUpOrUnknown_setsNothing() throws Exception {
        rlimits.prepare(ID, command().rlimits(Map.of(Rlimit.NOFILE, LIMITS)).build());
        rlimits.cleanup(ID);
        rlimits.cleanup(ID);

        rlimits.isolate(ID, 50);

        assertThat(set).isEmpty();
        assertThat(rlimits.usage(ID).absent()).isEmpty();
    }
}
