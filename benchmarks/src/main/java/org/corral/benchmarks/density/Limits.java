package org.corral.benchmarks.density;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Stdio;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;
import org.corral.harness.KernelTable;

/**
 * What containers are launched with, and what an update changes. Immutable.
 *
 * @param withSwap whether swap is limited too: where there is some, whoever runs out of memory would fill it first
 */
record Limits(boolean withSwap) {

    /** No less than the usual floor, so that the kernel holds what was asked for. */
    private static final long MEBIBYTES = 32;

    private static final CpuAmount CPUS = CpuAmount.parse("0.1");
    private static final CpuAmount OTHER_CPUS = CpuAmount.parse("0.2");

    private static final List<String> SLEEP = List.of("/bin/sleep", "100000");

    /** A shell that has stopped, until SIGCONT comes; then the same process reads all of an endless line into its memory. */
    private static final List<String> HOG = List.of("/bin/sh", "-c", "kill -STOP $$; exec tail /dev/zero");

    static Limits ofThisHost() throws IOException {
        return new Limits(KernelTable.of(Path.of("/proc/meminfo")).bytes("SwapTotal") > 0);
    }

    /** {@return a container that sleeps, or one that runs out of memory at SIGCONT} */
    LaunchRequest launch(boolean victim) {
        return LaunchRequest.builder(victim ? HOG : SLEEP)
                .stdio(Stdio.DISCARD, Stdio.DISCARD, Stdio.DISCARD)
                .resources(round(0))
                .build();
    }

    /**
     * {@return what all are to have after so many rounds of updates} Each round changes shares and gives more memory: a limit that is
     * lowered could be refused, or kill.
     */
    Resources round(int rounds) {
        DataSize memory = DataSize.ofMebibytes(MEBIBYTES + rounds);
        Resources.Builder resources =
                Resources.builder().cpus(rounds % 2 == 0 ? CPUS : OTHER_CPUS).memory(memory);
        return withSwap ? resources.memoryAndSwap(Maximum.of(memory)).build() : resources.build();
    }
}
