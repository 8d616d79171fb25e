package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.corral.core.ContainerId;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.PressureUsage;
import org.corral.it.conformance.MesosBehaviour;
import org.junit.jupiter.api.Test;

/** What a container on v2 gets to know of its memory. */
@Requires({Need.PIDFD, Need.EVENTFD, Need.PSI, Need.V2, Need.V2_MEMORY})
class UnifiedMemoryIT extends HostTest {

    private static final long LIMIT_BYTES = 64 << 20;
    private static final Resources LIMITED = Resources.NONE.withMemory(DataSize.ofMebibytes(64));

    private ContainerId waiting(String name, String andThen) throws IOException {
        String script = "until [ -e " + host.scratch("go") + " ]; do sleep 0.05; done; " + andThen;
        return host.launch(name, Host.shell(script).resources(LIMITED));
    }

    private void go() throws IOException {
        Files.createFile(host.scratch("go"));
    }

    @Test
    void limit_childGoesOver_kernelEndsTheWhole() throws Exception {
        ContainerId id = waiting("family", "tail /dev/zero; sleep 1000");
        assertThat(Files.readString(host.cgroup(id, "memory").resolve("memory.oom.group"))
                        .strip())
                .isEqualTo("1");
        go();

        assertLimited(host.end(id));
    }

    /** The shell lives on, so nothing but {@code memory.events} tells. */
    @Test
    void limit_childGoesOverAndTheKernelKillsItAlone_eventEndsTheContainer() throws Exception {
        ContainerId id = waiting("alone", "tail /dev/zero; sleep 1000");
        Files.writeString(host.cgroup(id, "memory").resolve("memory.oom.group"), "0");
        go();

        assertLimited(host.end(id));
    }

    private static void assertLimited(Termination termination) {
        assertThat(termination.reason()).isEqualTo(TerminationReason.LIMITATION);
        Limitation limitation = termination.limitations().get(0);
        assertThat(limitation.limit()).hasValue(LIMIT_BYTES);
        assertThat(limitation.message()).contains("64.0MiB reached");
    }

    @Test
    @MesosBehaviour(22)
    void usage_memoryHighBelowTheUse_pressureIsCountedByLevel() throws Exception {
        ContainerId id = waiting("pressed", "exec tail /dev/zero");
        Files.writeString(host.cgroup(id, "memory").resolve("memory.high"), String.valueOf(LIMIT_BYTES / 2));
        go();

        Eventually.holds("some waits are told", () -> pressure(id).low().orElseThrow() > 0);
        Eventually.holds("waits of all are told", () -> pressure(id).critical().orElseThrow() > 0);
        // They are read one after the other while they are counted.
        Eventually.passes(() -> PressureLevels.assertOrdered(pressure(id)));
    }

    private PressureUsage pressure(ContainerId id) throws IOException {
        return host.containers().usage(id).pressure().orElseThrow();
    }
}
