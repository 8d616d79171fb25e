package org.corral.cgroup.controller;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;

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

    /** {@return the share in the scale of v1, 1024 for a CPU; empty if this cgroup has none} */
    public abstract OptionalLong shares() throws IOException;

    /** {@return quota and period, empty if this kernel has no CFS bandwidth or the cgroup is the root} */
    public abstract Optional<CpuBandwidth> bandwidth() throws IOException;

    /** {@return how often the bandwidth was reached} */
    public abstract CpuThrottling throttling() throws IOException;

    /** Makes the cgroup yield to all that are not idle, as SCHED_IDLE does: {@code cpu.idle}. Linux 5.15. */
    public KnobOutcome setIdle(boolean idle) throws IOException {
        return Knob.text(files, IDLE, idle ? "1" : "0").apply();
    }

    private static final class V1 extends CpuController {

        private static final String SHARES = "cpu.shares";
        private static final String QUOTA = "cpu.cfs_quota_us";
        private static final String PERIOD = "cpu.cfs_period_us";
        private static final String UNLIMITED = "-1";

        V1(ControlFiles files) {
            super(files);
        }

        @Override
        public OptionalLong shares() throws IOException {
            return reader.number(SHARES);
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
        public CpuThrottling throttling() throws IOException {
            FlatKeyed stat = reader.flatKeyed(STAT);
            return new CpuThrottling(
                    stat.get(PERIODS), stat.get(THROTTLED_PERIODS), CpuTimes.ofNanos(stat.get("throttled_time")));
        }
    }

    private static final class V2 extends CpuController {

        private static final String WEIGHT = "cpu.weight";
        private static final String MAX = "cpu.max";

        V2(ControlFiles files) {
            super(files);
        }

        @Override
        public OptionalLong shares() throws IOException {
            OptionalLong weight = reader.number(WEIGHT);
            return weight.isEmpty() ? weight : OptionalLong.of(Weights.sharesOfWeight(weight.getAsLong()));
        }

        @Override
        public Optional<CpuBandwidth> bandwidth() throws IOException {
            Optional<String> text = files.find(MAX);
            return text.isEmpty() ? Optional.empty() : Optional.of(CpuBandwidth.parse(MAX, text.get()));
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
