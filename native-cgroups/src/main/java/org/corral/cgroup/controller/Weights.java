package org.corral.cgroup.controller;

import org.corral.core.unit.CpuAmount;

/**
 * The scales of relative weights: {@code cpu.shares} and {@code blkio.weight} of v1, {@code cpu.weight} and
 * {@code io.weight} of v2, {@code bfq.weight} of both, all with 64 bits and rounded down.
 *
 * <p>Ratios are kept, so that 2:1 on v1 is 2:1 on v2, and each default becomes the other's: the lines of systemd. The
 * curve of the OCI runtimes keeps the ends of the scale instead. Containers under one parent must not mix the two.
 */
public final class Weights {

    private static final long SHARES_PER_CPU = 1024;
    private static final long MIN_SHARES = 2;
    private static final long MAX_SHARES = 262_144;
    private static final long DEFAULT_WEIGHT = 100;
    private static final long MIN_WEIGHT = 1;
    private static final long MAX_WEIGHT = 10_000;
    private static final long DEFAULT_BLKIO_WEIGHT = 500;
    private static final long MIN_BLKIO_WEIGHT = 10;
    private static final long MAX_BLKIO_WEIGHT = 1000;
    private static final long MAX_BFQ_WEIGHT = 1000;

    private Weights() {}

    /** {@return the {@code cpu.shares} of an amount of CPU: 1024 for each, at least 2, which is the kernel's least} */
    public static long sharesOf(CpuAmount cpus) {
        return Math.max(cpus.of(SHARES_PER_CPU), MIN_SHARES);
    }

    /** {@return the {@code cpu.weight} (1 to 10000) of {@code cpu.shares}: 100 for 1024} */
    public static long weightOfShares(long shares) {
        long bounded = clamp(shares, MIN_SHARES, MAX_SHARES);
        return clamp(bounded * DEFAULT_WEIGHT / SHARES_PER_CPU, MIN_WEIGHT, MAX_WEIGHT);
    }

    /** {@return the {@code cpu.shares} (2 to 262144) of a {@code cpu.weight}: 1024 for 100} */
    public static long sharesOfWeight(long weight) {
        long bounded = clamp(weight, MIN_WEIGHT, MAX_WEIGHT);
        return clamp(bounded * SHARES_PER_CPU / DEFAULT_WEIGHT, MIN_SHARES, MAX_SHARES);
    }

    /** {@return the {@code io.weight} (1 to 10000) of a {@code blkio.weight}: 100 for 500} */
    public static long ioWeightOfBlkio(long blkioWeight) {
        long bounded = clamp(blkioWeight, MIN_BLKIO_WEIGHT, MAX_BLKIO_WEIGHT);
        return clamp(bounded * DEFAULT_WEIGHT / DEFAULT_BLKIO_WEIGHT, MIN_WEIGHT, MAX_WEIGHT);
    }

    /** {@return the {@code blkio.weight} (10 to 1000) of an {@code io.weight}: 500 for 100} */
    public static long blkioWeightOfIo(long ioWeight) {
        long bounded = clamp(ioWeight, MIN_WEIGHT, MAX_WEIGHT);
        return clamp(bounded * DEFAULT_BLKIO_WEIGHT / DEFAULT_WEIGHT, MIN_BLKIO_WEIGHT, MAX_BLKIO_WEIGHT);
    }

    /**
     * {@return the weight of BFQ (1 to 1000) of an {@code io.weight}} Both scales have 100 for the usual; above 1000 weights
     * are all the same.
     */
    public static long bfqWeightOfIo(long ioWeight) {
        return clamp(ioWeight, MIN_WEIGHT, MAX_BFQ_WEIGHT);
    }

    private static long clamp(long value, long least, long most) {
        return Math.min(Math.max(value, least), most);
    }
}
