package org.corral.cgroup.controller;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.core.usage.CpuUsage;

/**
 * The {@code cpuacct} controller of one cgroup: the CPU time of its processes, of ended ones and of all cgroups below.
 *
 * <p>On v2 every cgroup has this in {@code cpu.stat}, with no controller enabled. Holds no state; as thread-safe as its
 * {@link ControlFiles}. Kernel: admin-guide/cgroup-v1/cpuacct.rst, admin-guide/cgroup-v2.rst.
 */
public abstract sealed class CpuacctController {

    final ControlReader reader;

    private CpuacctController(ControlFiles files) {
        this.reader = new ControlReader(files);
    }

    /** {@return the controller whose files these are} */
    public static CpuacctController of(ControlFiles files) {
        return files.version() == CgroupVersion.V1 ? new V1(files) : new V2(files);
    }

    /**
     * Reads the CPU time: v1 {@code cpuacct.usage} and {@code cpuacct.stat}, v2 {@code cpu.stat}.
     *
     * <p>On v2 that one file tells the throttling as well, if the {@code cpu} controller is enabled; on v1 it is
     * {@linkplain CpuController#throttling another controller's}, and {@link CpuThrottling#addTo} puts both together.
     *
     * @throws ControlFileFormatException if a file is not of its form
     * @throws org.corral.linux.errno.ErrnoException ENODEV if the cgroup is gone
     */
    public abstract CpuUsage usage() throws IOException;

    private static final class V1 extends CpuacctController {

        private static final String USAGE = "cpuacct.usage";
        private static final String STAT = "cpuacct.stat";

        V1(ControlFiles files) {
            super(files);
        }

        @Override
        public CpuUsage usage() throws IOException {
            FlatKeyed ticks = reader.flatKeyed(STAT);
            return new CpuUsage(
                    CpuTimes.ofNanos(reader.number(USAGE)),
                    CpuTimes.ofTicks(ticks.get("user")),
                    CpuTimes.ofTicks(ticks.get("system")),
                    OptionalLong.empty(),
                    OptionalLong.empty(),
                    Optional.empty());
        }
    }

    private static final class V2 extends CpuacctController {

        private static final String STAT = "cpu.stat";

        V2(ControlFiles files) {
            super(files);
        }

        @Override
        public CpuUsage usage() throws IOException {
            FlatKeyed stat = reader.flatKeyed(STAT);
            CpuThrottling throttling = CpuController.throttlingOf(stat);
            return new CpuUsage(
                    CpuTimes.ofMicros(stat.get("usage_usec")),
                    CpuTimes.ofMicros(stat.get("user_usec")),
                    CpuTimes.ofMicros(stat.get("system_usec")),
                    throttling.periods(),
                    throttling.throttledPeriods(),
                    throttling.throttled());
        }
    }
}
