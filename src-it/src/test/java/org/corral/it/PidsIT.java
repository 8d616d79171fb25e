package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.OptionalLong;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.usage.PidsUsage;
import org.junit.jupiter.api.Test;

/** Limits of processes. */
@Requires({Need.GATE, Need.PIDFD, Need.PIDS})
class PidsIT extends HostTest {

    private static final String TWENTY_SLEEPS =
            "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do sleep 1000 & done; ";

    @Test
    void limit_reached_forkFailsWithEagain() throws Exception {
        Termination termination = host.run("bomb", Host.shell(TWENTY_SLEEPS).resources(limit(10)));
        assertThat(termination.status()).hasValue(new ExitStatus.Exited(2));
        assertThat(host.output("bomb")).contains("Cannot fork");
    }

    @Test
    @Requires(Need.PYTHON3)
    void limit_reached_errnoIsEagain() throws Exception {
        String forks =
                """
                import errno, os, sys, time
                try:
                    while True:
                        if os.fork() == 0: time.sleep(1000)
                except OSError as e: sys.exit(e.errno == errno.EAGAIN and 7)
                """;
        LaunchRequest.Builder python = Host.command("python3", "-c", forks).environment(System.getenv());
        assertThat(host.run("forks", python.resources(limit(10))).status()).hasValue(new ExitStatus.Exited(7));
    }

    @Test
    void usage_someProcesses_currentAndLimit() throws Exception {
        ContainerId id = host.launch(
                "family", Host.shell("sleep 1000 & sleep 1000 & wait").resources(limit(10)));
        Eventually.holds("all three are there", () -> pids(id).current().orElse(0) == 3);
        assertThat(pids(id)).isEqualTo(new PidsUsage(OptionalLong.of(3), OptionalLong.of(10)));
    }

    @Test
    void usage_noLimit_limitIsAbsent() throws Exception {
        ContainerId id = host.launch("free", Host.command("sleep", "1000"));
        assertThat(pids(id)).isEqualTo(new PidsUsage(OptionalLong.of(1), OptionalLong.empty()));
    }

    @Test
    void update_anotherLimit_isInTheControlFile() throws Exception {
        ContainerId id = host.launch("updated", Host.command("sleep", "1000").resources(limit(10)));
        host.containers().update(id, limit(20));
        assertThat(host.read(id, ControlFile.PIDS_MAX)).isEqualTo("20");
    }

    private PidsUsage pids(ContainerId id) throws IOException {
        return host.containers().usage(id).pids().orElseThrow();
    }

    private static Resources limit(long most) {
        return Resources.NONE.withPids(most);
    }
}
