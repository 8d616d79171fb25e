package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.corral.it.Cli.Result;
import org.example.scratch.ScratchProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An isolator of somebody else's, built against core alone, found on the class path by the script that people use. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD, Need.PIDS})
class ThirdPartyIsolatorIT {

    private static final String ISOLATION = "example/scratch,cgroups/pids";

    private Cli corral;
    private Path directory;

    @BeforeEach
    void open(TestRoot root) throws Exception {
        corral = new Cli(root);
        corral.addJarOf(ScratchProvider.class);
        directory = Files.createDirectories(root.runtimeDirectory().resolve("directory"));
    }

    @AfterEach
    void close() throws Exception {
        corral.close();
        Files.deleteIfExists(directory);
    }

    private String option() {
        return "--isolator-option=example/scratch:directory=" + directory;
    }

    @Test
    void run_byName_isAskedAtEveryStep() throws Exception {
        String script = "echo $SCRATCH; touch $SCRATCH/file && ls $SCRATCH";
        Result result = corral.run("run", "--id", "mine", "--isolation", ISOLATION, option(), "--", "sh", "-c", script);

        assertThat(result.err()).isEmpty();
        assertThat(result.code()).isZero();
        assertThat(result.out()).isEqualTo(directory.resolve("corral-scratch-mine") + "\nfile\n");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void run_failedLaunch_isCleanedUpAfter() throws Exception {
        Result result = corral.run("run", "--isolation", ISOLATION, option(), "--", "no-such-command");

        assertThat(result.code()).isEqualTo(127);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void run_optionItRefuses_itsOwnMessage() throws Exception {
        Result result = corral.run(
                "run", "--isolation", ISOLATION, "--isolator-option=example/scratch:directory=x", "--", "true");

        assertThat(result.code()).isEqualTo(125);
        assertThat(result.err()).contains("example/scratch:directory 'x' is not absolute");
    }

    @Test
    void info_onTheClassPath_isListedWithItsProvider() throws Exception {
        assertThat(corral.run("info").out()).containsPattern("example/scratch +available, from org.example.scratch.S");
        assertThat(corral.run("run", "--help").out()).contains("example/scratch");
    }

    @Test
    void run_notOnTheClassPath_unknown(TestRoot root) throws Exception {
        try (Cli without = new Cli(root)) {
            Result result = without.run("run", "--isolation", ISOLATION, "--", "true");

            assertThat(result.code()).isEqualTo(125);
            assertThat(result.err())
                    .contains("isolation 'example/scratch' is unknown")
                    .contains("put its jar on the class path");
        }
    }
}
