package org.corral.testing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/** A cgroup of a v1 hierarchy. */
final class FakeCgroupV1 extends FakeCgroup {

    private static final String STATE = "freezer.state";
    private static final String UNLIMITED = "9223372036854771712";
    private static final Map<Controller, Map<String, String>> FILES = Map.of(
            Controller.CPU,
            Map.of(
                    "cpu.shares", "1024",
                    "cpu.cfs_period_us", "100000",
                    "cpu.cfs_quota_us", "-1",
                    "cpu.stat", "nr_periods 0\nnr_throttled 0\nthrottled_time 0"),
            Controller.CPUACCT,
            Map.of("cpuacct.usage", "0", "cpuacct.stat", "user 0\nsystem 0"),
            Controller.CPUSET,
            Map.of("cpuset.cpus", "", "cpuset.mems", ""),
            Controller.MEMORY,
            Map.of(
                    "memory.limit_in_bytes", UNLIMITED,
                    "memory.soft_limit_in_bytes", UNLIMITED,
                    "memory.memsw.limit_in_bytes", UNLIMITED,
                    "memory.usage_in_bytes", "0",
                    "memory.max_usage_in_bytes", "0",
                    "memory.failcnt", "0",
                    "memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 0",
                    "memory.pressure_level", "",
                    "memory.stat", "cache 0\nrss 0"),
            Controller.PIDS,
            Map.of("pids.max", "max", "pids.current", "0"),
            Controller.IO,
            Map.of(
                    "blkio.weight", "500",
                    "blkio.throttle.read_bps_device", "",
                    "blkio.throttle.write_bps_device", "",
                    "blkio.throttle.read_iops_device", "",
                    "blkio.throttle.write_iops_device", "",
                    "blkio.throttle.io_service_bytes", "Total 0",
                    "blkio.throttle.io_serviced", "Total 0"),
            Controller.HUGETLB,
            Map.of(
                    "hugetlb.2MB.limit_in_bytes", UNLIMITED,
                    "hugetlb.2MB.usage_in_bytes", "0",
                    "hugetlb.2MB.max_usage_in_bytes", "0",
                    "hugetlb.2MB.failcnt", "0"));

    private boolean frozen;

    FakeCgroupV1(FakeHierarchy hierarchy, Optional<FakeCgroup> parent, String path) {
        super(hierarchy, parent, path);
        file(PROCS, "");
        file("tasks", "");
        file("notify_on_release", "0");
        file("cgroup.event_control", "");
        hierarchy.controllers().forEach(c -> FILES.getOrDefault(c, Map.of()).forEach(this::file));
        if (parent.isEmpty() && hierarchy.controllers().contains(Controller.CPUSET)) {
            file("cpuset.cpus", "0-1");
            file("cpuset.mems", "0");
        }
        if (parent.isPresent() && hierarchy.controllers().contains(Controller.FREEZER)) {
            file(STATE, "");
        }
    }

    @Override
    String read(String file) throws ErrnoException {
        return file.equals(STATE) ? state() : super.read(file);
    }

    @Override
    void write(String file, String value) throws ErrnoException {
        if (file.equals(STATE)) {
            require(List.of("FROZEN", "THAWED").contains(value), "write", Errno.EINVAL, value);
            frozen = value.equals("FROZEN");
            allProcesses().forEach(FakeProcess::dieIfKilled);
        } else {
            boolean lifted = file.endsWith("limit_in_bytes") && value.equals("-1");
            super.write(file, lifted ? UNLIMITED : value);
        }
    }

    @Override
    void requireAttachable() throws ErrnoException {
        boolean empty = has("cpuset.cpus")
                && (read("cpuset.cpus").isEmpty() || read("cpuset.mems").isEmpty());
        require(!empty, "write", Errno.ENOSPC, path);
    }

    /** {@return whether it or one above it was told to freeze} */
    boolean isFreezing() {
        return frozen || parent.map(p -> ((FakeCgroupV1) p).isFreezing()).orElse(false);
    }

    private String state() {
        if (!isFreezing()) {
            return "THAWED";
        }
        return allProcesses().stream().allMatch(FakeProcess::canFreeze) ? "FROZEN" : "FREEZING";
    }
}
