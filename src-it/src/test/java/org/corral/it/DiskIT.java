package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorOption;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.Limitation;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a container's working directory takes on disk; the same on v1, v2 and without cgroups. */
@ExtendWith(LeakCheck.class)
@Requires({Need.GATE, Need.PIDFD})
class DiskIT {

    private static final int MEBIBYTE = 1 << 20;

    private Host host;
    private Path directory;

    @BeforeEach
    void open(TestRoot root) throws IOException {
        host = Host.open(root, options -> options.withIsolation(Isolation.parse("disk/du"))
                .withIsolatorOptions(List.of(
                        new IsolatorOption("disk/du", "interval", "0.1s"),
                        new IsolatorOption("disk/du", "limit", "4M"))));
        directory = Files.createDirectories(host.scratch("directory"));
    }

    @AfterEach
    void close() throws Exception {
        Files.deleteIfExists(directory.resolve("file"));
        Files.deleteIfExists(directory);
        host.close();
    }

    private static String writing(int mebibytes) {
        return "head -c " + mebibytes + "M /dev/zero >file; ";
    }

    @Test
    void moreThanTheLimit_endsTheContainer() throws Exception {
        Termination end = host.run("full", Host.shell(writing(8) + "sleep 1000").directory(directory));

        assertThat(end.reason()).isEqualTo(TerminationReason.LIMITATION);
        assertThat(end.status()).hasValue(new ExitStatus.Signaled(9));
        Limitation limitation = end.limitations().get(0);
        assertThat(limitation.resource()).isEqualTo("disk");
        assertThat(limitation.limit()).hasValue(4 * MEBIBYTE);
        assertThat(limitation.peak().orElseThrow()).isGreaterThan(4 * MEBIBYTE);
        // It was writing still when it was ended: how far it got hangs on the host.
        assertThat(end.usage().disk().orElseThrow().usedBytes().orElseThrow())
                .isGreaterThanOrEqualTo(limitation.peak().orElseThrow());
    }

    @Test
    void lessThanTheLimit_isToldAtTheEnd() throws Exception {
        Termination end = host.run("some", Host.shell(writing(2)).directory(directory));

        assertThat(end.status()).hasValue(new ExitStatus.Exited(0));
        assertThat(end.limitations()).isEmpty();
        assertThat(end.usage().disk().orElseThrow().usedBytes().orElseThrow()).isBetween(2L * MEBIBYTE, 3L * MEBIBYTE);
    }

    @Test
    void recovered_isMeasuredAndLimited(TestRoot root) throws Exception {
        String script = writing(1) + "until [ -e go ]; do sleep 0.1; done; rm go; " + writing(8) + "sleep 1000";
        try (Cli corral = new Cli(root)) {
            Process agent = corral.start(
                    "run",
                    "--id",
                    "left",
                    "--isolation",
                    "disk/du",
                    "--directory",
                    directory.toString(),
                    "--",
                    "sh",
                    "-c",
                    script);
            Eventually.holds("it runs", () -> Files.exists(directory.resolve("file")));
            agent.destroyForcibly().waitFor();
        }
        ContainerId id = ContainerId.of("left");
        assertThat(host.containers().recover()).containsExactly(id);
        Files.createFile(directory.resolve("go"));

        assertThat(host.end(id).limitations()).singleElement().satisfies(limitation -> assertThat(limitation.resource())
                .isEqualTo("disk"));
    }

    @Test
    void running_isFollowed() throws Exception {
        ContainerId id =
                host.launch("grows", Host.shell(writing(1) + "sleep 1000").directory(directory));

        Eventually.holds(
                "the file is seen",
                () -> host.containers()
                                .usage(id)
                                .disk()
                                .orElseThrow()
                                .usedBytes()
                                .orElseThrow()
                        >= MEBIBYTE);
        host.destroy(id);
    }
}
