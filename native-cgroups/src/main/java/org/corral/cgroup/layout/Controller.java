package org.corral.cgroup.layout;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kind of resource that cgroups limit or account. */
public enum Controller {
    /** CPU shares and quota. */
    CPU("cpu", "cpu"),
    /** CPU time. On v2 a part of every cgroup's {@code cpu.stat}, without a controller. */
    CPUACCT("cpuacct", null),
    /** Which CPUs and memory nodes. */
    CPUSET("cpuset", "cpuset"),
    /** Memory and swap. */
    MEMORY("memory", "memory"),
    /** Number of processes and threads. */
    PIDS("pids", "pids"),
    /** Stopping all processes at once. On v2 a part of every cgroup ({@code cgroup.freeze}), without a controller. */
    FREEZER("freezer", null),
    /** Block devices. */
    IO("blkio", "io"),
    /** Which devices may be opened. On v2 an eBPF program, without a controller. */
    DEVICES("devices", null),
    /** Huge pages. */
    HUGETLB("hugetlb", "hugetlb"),
    /** Class tags on network packets. */
    NET_CLS("net_cls", null),
    /** Priorities of network packets. */
    NET_PRIO("net_prio", null),
    /** Grouping for perf. On v2 a part of every cgroup, without a controller. */
    PERF_EVENT("perf_event", null),
    /** RDMA objects. */
    RDMA("rdma", "rdma"),
    /** Scalar resources of other subsystems. */
    MISC("misc", "misc");

    private final String v1Name;
    private final Optional<String> v2Name;

    Controller(String v1Name, @Nullable String v2Name) {
        this.v1Name = v1Name;
        this.v2Name = Optional.ofNullable(v2Name);
    }

    /** {@return its name in v1 mount options and {@code /proc/cgroups}} */
    public String v1Name() {
        return v1Name;
    }

    /** {@return its name in {@code cgroup.controllers}, empty if v2 has no such controller} */
    public Optional<String> v2Name() {
        return v2Name;
    }

    /** {@return its name in a version; where v2 has no such controller, that of v1} */
    public String nameIn(CgroupVersion version) {
        return version == CgroupVersion.V2 ? v2Name.orElse(v1Name) : v1Name;
    }

    /** {@return whether every v2 cgroup does this without any controller being enabled; perf_event if the kernel has it} */
    public boolean isPartOfV2Core() {
        return this == CPUACCT || this == FREEZER || this == PERF_EVENT;
    }

    /** {@return the controller of that v1 name, empty for one that Corral does not know} */
    public static Optional<Controller> ofV1Name(String name) {
        return Arrays.stream(values()).filter(c -> c.v1Name.equals(name)).findFirst();
    }

    /** {@return the controller of that v2 name, empty for one that Corral does not know} */
    public static Optional<Controller> ofV2Name(String name) {
        return Arrays.stream(values())
                .filter(c -> c.v2Name.isPresent() && c.v2Name.get().equals(name))
                .findFirst();
    }

    /** {@return its name in v1, which Corral shows to people} */
    @Override
    public String toString() {
        return v1Name;
    }
}
