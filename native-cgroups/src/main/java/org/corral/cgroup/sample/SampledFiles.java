package org.corral.cgroup.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.layout.Hierarchy;

/**
 * Finds the control files that have the wanted columns on a host: each controller's in the version that it is bound to. Confined to one
 * thread. Kernel: admin-guide/cgroup-v1, admin-guide/cgroup-v2.rst.
 */
final class SampledFiles {

    private static final List<Field> TICKS = List.of(
            Field.ticks("user", UsageColumn.CPU_USER_NANOS), Field.ticks("system", UsageColumn.CPU_SYSTEM_NANOS));

    private static final List<Field> THROTTLING = List.of(
            Field.of("nr_periods", UsageColumn.CPU_PERIODS),
            Field.of("nr_throttled", UsageColumn.CPU_THROTTLED_PERIODS),
            Field.of("throttled_time", UsageColumn.CPU_THROTTLED_NANOS));

    private static final List<Field> CPU_TIME = List.of(
            Field.micros("usage_usec", UsageColumn.CPU_NANOS),
            Field.micros("user_usec", UsageColumn.CPU_USER_NANOS),
            Field.micros("system_usec", UsageColumn.CPU_SYSTEM_NANOS));

    private static final List<Field> CPU_TIME_AND_THROTTLING = List.of(
            CPU_TIME.get(0),
            CPU_TIME.get(1),
            CPU_TIME.get(2),
            THROTTLING.get(0),
            THROTTLING.get(1),
            Field.micros("throttled_usec", UsageColumn.CPU_THROTTLED_NANOS));

    private static final List<Field> KILLS = List.of(Field.of("oom_kill", UsageColumn.OOM_KILLS));

    private static final List<Field> MEMORY_V1 = List.of(
            Field.of("total_rss", UsageColumn.ANON_BYTES),
            Field.of("total_cache", UsageColumn.FILE_BYTES),
            Field.of("total_shmem", UsageColumn.SHMEM_BYTES),
            Field.of("total_mapped_file", UsageColumn.MAPPED_BYTES),
            Field.of("total_dirty", UsageColumn.DIRTY_BYTES),
            Field.of("total_writeback", UsageColumn.WRITEBACK_BYTES),
            Field.of("total_swap", UsageColumn.SWAP_BYTES),
            Field.of("total_pgfault", UsageColumn.PAGE_FAULTS),
            Field.of("total_pgmajfault", UsageColumn.MAJOR_PAGE_FAULTS),
            Field.of("total_inactive_anon", UsageColumn.INACTIVE_ANON_BYTES),
            Field.of("total_active_anon", UsageColumn.ACTIVE_ANON_BYTES),
            Field.of("total_inactive_file", UsageColumn.INACTIVE_FILE_BYTES),
            Field.of("total_active_file", UsageColumn.ACTIVE_FILE_BYTES),
            Field.of("total_unevictable", UsageColumn.UNEVICTABLE_BYTES));

    private static final List<Field> MEMORY_V2 = List.of(
            Field.of("anon", UsageColumn.ANON_BYTES),
            Field.of("file", UsageColumn.FILE_BYTES),
            Field.of("kernel", UsageColumn.KERNEL_BYTES),
            Field.of("shmem", UsageColumn.SHMEM_BYTES),
            Field.of("file_mapped", UsageColumn.MAPPED_BYTES),
            Field.of("file_dirty", UsageColumn.DIRTY_BYTES),
            Field.of("file_writeback", UsageColumn.WRITEBACK_BYTES),
            Field.of("inactive_anon", UsageColumn.INACTIVE_ANON_BYTES),
            Field.of("active_anon", UsageColumn.ACTIVE_ANON_BYTES),
            Field.of("inactive_file", UsageColumn.INACTIVE_FILE_BYTES),
            Field.of("active_file", UsageColumn.ACTIVE_FILE_BYTES),
            Field.of("unevictable", UsageColumn.UNEVICTABLE_BYTES),
            Field.of("pgfault", UsageColumn.PAGE_FAULTS),
            Field.of("pgmajfault", UsageColumn.MAJOR_PAGE_FAULTS));

    private final CgroupLayout layout;
    private final Set<UsageColumn> wanted;
    private final List<SampledFile> files = new ArrayList<>();

    private SampledFiles(CgroupLayout layout, Set<UsageColumn> wanted) {
        this.layout = layout;
        this.wanted = wanted;
    }

    /** {@return the files, in the order of their classes} Whether a cgroup has them all is seen when they are opened. */
    static List<SampledFile> of(CgroupLayout layout, Set<UsageColumn> wanted) {
        SampledFiles found = new SampledFiles(layout, wanted);
        found.cpu();
        found.memory();
        found.pids();
        found.io();
        found.pressure();
        return List.copyOf(found.files);
    }

    private void cpu() {
        if (isOn(CgroupVersion.V1, Controller.CPUACCT)) {
            number(FileClass.CPU, Controller.CPUACCT, "cpuacct.usage", UsageColumn.CPU_NANOS);
            keys(FileClass.CPU, Controller.CPUACCT, "cpuacct.stat", TICKS);
        }
        if (isOn(CgroupVersion.V1, Controller.CPU)) {
            keys(FileClass.CPU, Controller.CPU, "cpu.stat", THROTTLING);
        }
        if (isOn(CgroupVersion.V2, Controller.CPUACCT)) {
            boolean throttles = isOn(CgroupVersion.V2, Controller.CPU);
            keys(FileClass.CPU, Controller.CPUACCT, "cpu.stat", throttles ? CPU_TIME_AND_THROTTLING : CPU_TIME);
        }
    }

    private void memory() {
        if (isOn(CgroupVersion.V1, Controller.MEMORY)) {
            number(FileClass.MEMORY, Controller.MEMORY, "memory.usage_in_bytes", UsageColumn.MEMORY_BYTES);
            number(FileClass.MEMORY, Controller.MEMORY, "memory.max_usage_in_bytes", UsageColumn.MEMORY_PEAK_BYTES);
            keys(FileClass.MEMORY, Controller.MEMORY, "memory.oom_control", KILLS);
            keys(FileClass.MEMORY_STAT, Controller.MEMORY, "memory.stat", MEMORY_V1);
            limit(Controller.MEMORY, "memory.limit_in_bytes", UsageColumn.MEMORY_LIMIT_BYTES);
        }
        if (isOn(CgroupVersion.V2, Controller.MEMORY)) {
            number(FileClass.MEMORY, Controller.MEMORY, "memory.current", UsageColumn.MEMORY_BYTES);
            number(FileClass.MEMORY, Controller.MEMORY, "memory.peak", UsageColumn.MEMORY_PEAK_BYTES);
            number(FileClass.MEMORY, Controller.MEMORY, "memory.swap.current", UsageColumn.SWAP_BYTES);
            keys(FileClass.MEMORY, Controller.MEMORY, "memory.events", KILLS);
            keys(FileClass.MEMORY_STAT, Controller.MEMORY, "memory.stat", MEMORY_V2);
            limit(Controller.MEMORY, "memory.max", UsageColumn.MEMORY_LIMIT_BYTES);
        }
    }

    private void pids() {
        if (layout.hierarchyOf(Controller.PIDS).isPresent()) {
            number(FileClass.PIDS, Controller.PIDS, "pids.current", UsageColumn.PIDS);
            limit(Controller.PIDS, "pids.max", UsageColumn.PIDS_LIMIT);
        }
    }

    /** The plain files of v1 leave out the cgroups below. */
    private void io() {
        if (isOn(CgroupVersion.V1, Controller.IO)) {
            devices("blkio.throttle.io_service_bytes", UsageColumn.IO_READ_BYTES, UsageColumn.IO_WRITE_BYTES);
            devices("blkio.throttle.io_serviced", UsageColumn.IO_READS, UsageColumn.IO_WRITES);
        }
        if (isOn(CgroupVersion.V2, Controller.IO)) {
            add(FileClass.IO, Optional.of(Controller.IO), List.of("io.stat"), new IoStat());
        }
    }

    private void devices(String name, UsageColumn reads, UsageColumn writes) {
        List<String> names = List.of(name + "_recursive", name);
        add(FileClass.IO, Optional.of(Controller.IO), names, new DeviceCounts(reads, writes));
    }

    private void pressure() {
        stall("cpu.pressure", UsageColumn.CPU_SOME_NANOS, UsageColumn.CPU_FULL_NANOS);
        stall("memory.pressure", UsageColumn.MEMORY_SOME_NANOS, UsageColumn.MEMORY_FULL_NANOS);
        stall("io.pressure", UsageColumn.IO_SOME_NANOS, UsageColumn.IO_FULL_NANOS);
    }

    private void stall(String name, UsageColumn some, UsageColumn full) {
        if (layout.boundHierarchies().stream().anyMatch(bound -> bound.version() == CgroupVersion.V2)) {
            add(FileClass.PRESSURE, Optional.empty(), List.of(name), new StallTotals(some, full));
        }
    }

    private boolean isOn(CgroupVersion version, Controller controller) {
        return layout.hierarchyOf(controller).map(Hierarchy::version).equals(Optional.of(version));
    }

    private void number(FileClass fileClass, Controller controller, String name, UsageColumn column) {
        add(fileClass, Optional.of(controller), List.of(name), OneNumber.of(column));
    }

    private void limit(Controller controller, String name, UsageColumn column) {
        add(FileClass.LIMITS, Optional.of(controller), List.of(name), OneNumber.limit(column));
    }

    private void keys(FileClass fileClass, Controller controller, String name, List<Field> fields) {
        List<Field> looked =
                fields.stream().filter(field -> wanted.contains(field.column())).toList();
        add(fileClass, Optional.of(controller), List.of(name), new FlatKeys(looked));
    }

    private void add(FileClass fileClass, Optional<Controller> controller, List<String> names, Format format) {
        if (wanted.stream().anyMatch(column -> (format.columns() & column.bit()) != 0)) {
            files.add(new SampledFile(fileClass, controller, names, format));
        }
    }
}
