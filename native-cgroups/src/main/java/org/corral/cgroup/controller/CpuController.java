package org.corral.cgroup.controller;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.unit.CpuAmount;
import org.corral.linux.errno.Errno;

/**
 * The {@code cpu} controller of one cgroup: its share under contention, its bandwidth, and how often it was throttled.
 *
 * <p>Holds no state; as thread-safe as its {@link ControlFiles}, but writers of one cgroup must take turns. Every method
 * fails with ENODEV if the cgroup is gone. Kernel: scheduler/sched-bwc.rst, admin-guide/cgroup-v2.rst.
 */
public abstract sealed class CpuController {

    private static final String IDLE = "cpu.idle";
    private static final String STAT = "cpu.stat";
    private static final String PERIODS = "nr_periods";
    private static final String THROTTLED_PERIODS = "nr_throttled";

    final ControlFiles files;
    final ControlReader reader;

    private CpuController(ControlFiles files) {
        this.files = files;
        this.reader = new ControlReader(files);
    }

    /** {@return the controller whose files these are} */
    public static CpuController of(ControlFiles files) {
        return files.version() == CgroupVersion.V1 ? new V1(files) : new V2(files);
    }

    /**
     * Sets the share under contention: v1 {@code cpu.shares}, v2 {@code cpu.weight}.
     *
     * <p>Refused with EINVAL while the cgroup is {@linkplain #setIdle idle}. The scales end at 256 CPUs on v1 and at 100
     * on v2; more counts as that.
     *
     * @see Weights
     */
    public abstract KnobOutcome setShares(CpuAmount cpus) throws IOException;

    /** {@return the share in the scale of v1, 1024 for a CPU; empty if this cgroup has none} */
    public abstract OptionalLong shares() throws IOException;

    /**
     * Sets quota and period: v1 {@code cpu.cfs_quota_us} and {@code cpu.cfs_period_us}, v2 {@code cpu.max}.
     *
     * <p>v1 refuses with EINVAL whenever a cgroup would get a larger part than its parent, even for the moment between
     * the two writes; the period goes first, and if that is refused the quota does.
     *
     * @return the outcomes in the order of the writes; the last one may be a refusal. EINVAL also tells that the quota is
     *     below the {@linkplain #setBurst burst}
     */
    public abstract List<KnobOutcome> setBandwidth(CpuBandwidth bandwidth) throws IOException;

    /** {@return quota and period, empty if this kernel has no CFS bandwidth or the cgroup is the root} */
    public abstract Optional<CpuBandwidth> bandwidth() throws IOException;

    /**
     * Lets unused quota be saved up, at most so much: v1 {@code cpu.cfs_burst_us}, v2 {@code cpu.max.burst}. Linux 5.14.
     *
     * <p>The kernel wants {@code burst <= quota} at all times: raise the quota before it, lower the quota after it.
     *
     * @param burst zero or more, in whole microseconds
     */
    public abstract KnobOutcome setBurst(Duration burst) throws IOException;

    /** {@return how often the bandwidth was reached} */
    public abstract CpuThrottling throttling() throws IOException;

    /** Makes the cgroup yield to all that are not idle, as SCHED_IDLE does: {@code cpu.idle}. Linux 5.15. */
    public KnobOutcome setIdle(boolean idle) throws IOException {
        return Knob.text(files, IDLE, idle ? "1" : "0").apply();
    }

    KnobOutcome setBurst(String file, Duration burst) throws IOException {
        if (burst.isNegative()) {
            throw new IllegalArgumentException("burst " + burst + " is negative: give zero for no burst");
        }
        return Knob.text(files, file, Long.toString(TimeUnit.MICROSECONDS.convert(burst)))
                .apply();
    }

    private static final class V1 extends CpuController {

        private static final String SHARES = "cpu.shares";
        private static final String QUOTA = "cpu.cfs_quota_us";
        private static final String PERIOD = "cpu.cfs_period_us";
        private static final String BURST = "cpu.cfs_burst_us";
        private static final String UNLIMITED = "-1";

        V1(ControlFiles files) {
            super(files);
        }

        @Override
        public KnobOutcome setShares(CpuAmount cpus) throws IOException {
            return Knob.text(files, SHARES, Long.toString(Weights.sharesOf(cpus)))
                    .apply();
        }

        @Override
        public OptionalLong shares() throws IOException {
            return reader.number(SHARES);
        }

        @Override
        public List<KnobOutcome> setBandwidth(CpuBandwidth bandwidth) throws IOException {
            Knob quota = Knob.text(files, QUOTA, bandwidth.quota().text(CgroupVersion.V1));
            Knob period = Knob.text(files, PERIOD, Long.toString(bandwidth.periodMicros()));
            List<KnobOutcome> outcomes = Knob.applyInOrder(period, quota);
            return outcomes.get(0).isRefusedWith(Errno.EINVAL) ? Knob.applyInOrder(quota, period) : outcomes;
        }

        @Override
        public Optional<CpuBandwidth> bandwidth() throws IOException {
            Optional<String> quota = files.find(QUOTA);
            OptionalLong period = reader.number(PERIOD);
            return quota.isEmpty() || period.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new CpuBandwidth(quota(quota.get()).value(), period.getAsLong()));
        }

        private static Limit quota(String text) throws ControlFileFormatException {
            return text.strip().equals(UNLIMITED) ? Limit.NONE : Limit.parse(QUOTA, text);
        }

        @Override
        public KnobOutcome setBurst(Duration burst) throws IOException {
            return setBurst(BURST, burst);
        }

        @Override
        public CpuThrottling throttling() throws IOException {
            FlatKeyed stat = reader.flatKeyed(STAT);
            return new CpuThrottling(
                    stat.get(PERIODS), stat.get(THROTTLED_PERIODS), CpuTimes.ofNanos(stat.get("throttled_time")));
        }
    }

    private static final class V2 extends CpuController {

        private static final String WEIGHT = "cpu.weight";
        private static final String MAX = "cpu.max";
        private static final String BURST = "cpu.max.burst";

        V2(ControlFiles files) {
            super(files);
        }

        @Override
        public KnobOutcome setShares(CpuAmount cpus) throws IOException {
            return Knob.text(files, WEIGHT, Long.toString(Weights.weightOfShares(Weights.sharesOf(cpus))))
                    .apply();
        }

        @Override
        public OptionalLong shares() throws IOException {
            OptionalLong weight = reader.number(WEIGHT);
            return weight.isEmpty() ? weight : OptionalLong.of(Weights.sharesOfWeight(weight.getAsLong()));
        }

        @Override
        public List<KnobOutcome> setBandwidth(CpuBandwidth bandwidth) throws IOException {
            return Knob.applyInOrder(Knob.text(files, MAX, bandwidth.quota() + " " + bandwidth.periodMicros()));
        }

        @Override
        public Optional<CpuBandwidth> bandwidth() throws IOException {
            Optional<String> text = files.find(MAX);
            return text.isEmpty() ? Optional.empty() : Optional.of(parse(text.get()));
        }

        private static CpuBandwidth parse(String text) throws ControlFileFormatException {
            String[] parts = text.strip().split(" ", 2);
            String period = parts.length == 2 ? parts[1] : "";
            return new CpuBandwidth(
                    Limit.parse(MAX, parts[0]).value(), Numbers.unsigned(period, MAX, text, "'quota period'"));
        }

        @Override
        public KnobOutcome setBurst(Duration burst) throws IOException {
            return setBurst(BURST, burst);
        }

        @Override
        public CpuThrottling throttling() throws IOException {
            return throttlingOf(reader.flatKeyed(STAT));
        }
    }

    /** {@return the throttling in v2's {@code cpu.stat}} */
    static CpuThrottling throttlingOf(FlatKeyed stat) {
        return new CpuThrottling(
                stat.get(PERIODS), stat.get(THROTTLED_PERIODS), CpuTimes.ofMicros(stat.get("throttled_usec")));
    }
}
