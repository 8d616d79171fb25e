package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;

/** What a limit of a quarter of a CPU leaves to a loop. */
final class QuarterCpu {

    private static final double LEAST = 0.2;
    private static final double MOST = 0.3;
    private static final int RUNS = 3;

    private QuarterCpu() {}

    /**
     * Asserts that a run takes a quarter of its wall time. It never takes more; where the virtual machine stands still for a
     * second it takes less, and another run may tell.
     */
    static void assertShare(Callable<Double> run) throws Exception {
        double share = 0;
        for (int i = 0; i < RUNS && share < LEAST; i++) {
            share = run.call();
            assertThat(share).isLessThan(MOST);
        }
        assertThat(share).isGreaterThan(LEAST);
    }
}
