package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;
import org.corral.it.conformance.MesosBehaviour;
import org.junit.jupiter.api.Test;

/** The limit of memory and swap together, which v1 has and which v2 has of swap alone. */
@Requires({Need.GATE, Need.PIDFD, Need.EVENTFD, Need.MEMORY, Need.SWAP_LIMIT})
class SwapIT extends HostTest {

    private static Resources limits(long memory, long total) {
        return Resources.NONE
                .withMemory(DataSize.ofMebibytes(memory))
                .withMemoryAndSwap(Maximum.of(DataSize.ofMebibytes(total)));
    }

    private void assertLimits(ContainerId id, long memory, long total) throws IOException {
        assertThat(host.read(id, ControlFile.MEMORY_LIMIT)).isEqualTo(bytes(memory));
        assertThat(host.read(id, ControlFile.SWAP_LIMIT))
                .isEqualTo(ControlFile.SWAP_LIMIT.either(bytes(total), bytes(total - memory)));
    }

    private static String bytes(long mebibytes) {
        return String.valueOf(mebibytes << 20);
    }

    /** MESOS-7237: each order but one is refused by the kernel, EINVAL. */
    @Test
    @MesosBehaviour(18)
    void update_raisedAndLowered_kernelTakesEveryStep() throws Exception {
        ContainerId id = host.launch("swapping", Host.command("sleep", "1000").resources(limits(64, 96)));
        assertLimits(id, 64, 96);
        host.containers().update(id, limits(128, 256));
        assertLimits(id, 128, 256);
        host.containers().update(id, limits(128, 128));
        assertLimits(id, 128, 128);
        host.containers().update(id, limits(512, 512));
        assertLimits(id, 512, 512);
        host.containers().update(id, Resources.NONE.withMemoryAndSwap(Maximum.NONE));
        String lifted = host.read(id, ControlFile.SWAP_LIMIT);
        assertThat(ControlFile.SWAP_LIMIT.either(lifted.startsWith("9223372036854") ? "none" : lifted, lifted))
                .isEqualTo(ControlFile.SWAP_LIMIT.either("none", "max"));
    }

    @Test
    void limit_noSwap_endsWhereTheMemoryDoes() throws Exception {
        Termination termination =
                host.run("hog", Host.command("tail", "/dev/zero").resources(limits(64, 64)));
        assertThat(termination.reason()).isEqualTo(TerminationReason.LIMITATION);
        assertThat(termination.limitations()).singleElement().satisfies(limitation -> assertThat(limitation.limit())
                .hasValue(64 << 20));
    }
}
