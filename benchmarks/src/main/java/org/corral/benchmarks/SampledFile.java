package org.corral.benchmarks;

import java.util.EnumSet;
import java.util.Set;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.sample.UsageColumn;

/** A control file that a sample reads in these benchmarks. On v2 the first two are one. */
public enum SampledFile {
    /** Processor time. */
    CPU_TIME(Controller.CPUACCT, "cpuacct.stat", "cpu.stat", UsageColumn.CPU_USER_NANOS, UsageColumn.CPU_SYSTEM_NANOS),
    /** Throttling. */
    THROTTLING(Controller.CPU, "cpu.stat", "cpu.stat", UsageColumn.CPU_PERIODS, UsageColumn.CPU_THROTTLED_NANOS),
    /** Use of memory. */
    MEMORY(
            Controller.MEMORY,
            "memory.usage_in_bytes",
            "memory.current",
            UsageColumn.MEMORY_BYTES,
            UsageColumn.MEMORY_BYTES),
    /** What memory is used for. */
    MEMORY_STAT(Controller.MEMORY, "memory.stat", "memory.stat", UsageColumn.ANON_BYTES, UsageColumn.MAJOR_PAGE_FAULTS),
    /** Processes and threads. */
    PIDS(Controller.PIDS, "pids.current", "pids.current", UsageColumn.PIDS, UsageColumn.PIDS);

    private final Controller controller;
    private final String onV1;
    private final String onV2;
    private final UsageColumn first;
    private final UsageColumn last;

    SampledFile(Controller controller, String onV1, String onV2, UsageColumn first, UsageColumn last) {
        this.controller = controller;
        this.onV1 = onV1;
        this.onV2 = onV2;
        this.first = first;
        this.last = last;
    }

    /** {@return those of a sample} */
    static Set<SampledFile> all(boolean memoryStat) {
        return memoryStat ? EnumSet.allOf(SampledFile.class) : EnumSet.complementOf(EnumSet.of(MEMORY_STAT));
    }

    /** {@return the columns for which a sampler reads this file and no other} */
    Set<UsageColumn> columns() {
        return EnumSet.range(first, last);
    }

    CgroupDir directory(Cgroup cgroup) {
        return cgroup.directory(controller).orElseThrow();
    }

    String name(Cgroup cgroup) {
        return directory(cgroup).version() == CgroupVersion.V1 ? onV1 : onV2;
    }
}
