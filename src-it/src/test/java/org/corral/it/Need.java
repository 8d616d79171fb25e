package org.corral.it;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.linux.Feature;

/** Something of the host that a test cannot do without. Each is probed once, when first asked for. */
public enum Need {
    /** The effective user is root. */
    ROOT(HostProbes::root),

    /** {@code cpu} on v1 or v2, in a hierarchy where cgroups may be made, as with all controllers here. */
    CPU(() -> CgroupProbes.any("cpu")),
    /** {@code cpuacct}, or v2, which accounts for CPU time without. */
    CPUACCT(() -> CgroupProbes.any("cpuacct")),
    /** {@code memory}. */
    MEMORY(() -> CgroupProbes.any("memory")),
    /** {@code pids}. */
    PIDS(() -> CgroupProbes.any("pids")),
    /** A soft limit of memory that has an effect: v2, or v1 on some kernels. */
    SOFT_LIMIT(CgroupProbes::softLimit),
    /** A limit of memory and swap together, or of swap. */
    SWAP_LIMIT(CgroupProbes::swapLimit),
    /** {@code cpuset}. */
    CPUSET(() -> CgroupProbes.any("cpuset")),
    /** {@code blkio} on v1 or {@code io} on v2. */
    IO(() -> CgroupProbes.any("blkio")),
    /** {@code hugetlb}. */
    HUGETLB(() -> CgroupProbes.any("hugetlb")),
    /** {@code freezer}, or v2, which freezes without. */
    FREEZER(() -> CgroupProbes.any("freezer")),

    /** {@code cpu} on v1. */
    V1_CPU(() -> CgroupProbes.v1("cpu")),
    /** {@code memory} on v1. */
    V1_MEMORY(() -> CgroupProbes.v1("memory")),
    /** {@code freezer} on v1. */
    V1_FREEZER(() -> CgroupProbes.v1("freezer")),
    /** {@code devices}, which v1 alone has files for. */
    V1_DEVICES(() -> CgroupProbes.v1("devices")),
    /** {@code net_cls}, which v1 alone has. */
    V1_NET_CLS(() -> CgroupProbes.v1("net_cls")),

    /** A v2 hierarchy, with or without controllers. */
    V2(CgroupProbes::v2),
    /** v2 alone, no v1 hierarchy beside it. */
    V2_ALONE(CgroupProbes::v2Alone),
    /** v2 with some controller, whichever, so that containers are there. */
    V2_BOUND(CgroupProbes::v2Bound),
    /** The real top of v2, whose children may be threaded whatever controllers it gives them. */
    V2_TOP(CgroupProbes::v2Top),
    /** {@code cpu} on v2. */
    V2_CPU(() -> CgroupProbes.v2("cpu")),
    /** {@code memory} on v2. */
    V2_MEMORY(() -> CgroupProbes.v2("memory")),
    /** {@code pids} on v2. */
    V2_PIDS(() -> CgroupProbes.v2("pids")),
    /** {@code cpuset} on v2. */
    V2_CPUSET(() -> CgroupProbes.v2("cpuset")),
    /** {@code io} on v2. */
    V2_IO(() -> CgroupProbes.v2("io")),

    /** eventfd(2). */
    EVENTFD(KernelProbes::eventFd),
    /** pidfd_open(2). */
    PIDFD(KernelProbes::pidFd),
    /** openat2(2). */
    OPENAT2(KernelProbes::openAt2),
    /** Pressure stall information in {@code /proc/pressure}. */
    PSI(KernelProbes::pressure),
    /** CPU time is told apart by user and system; a User-Mode Linux counts all as system. */
    USER_TIME(KernelProbes::userTime),
    /** What a gated launch stands on: posix_spawn(3) with all file actions, and the list of a thread's children. */
    GATE(KernelProbes::gate),
    /** posix_spawn(3) with POSIX_SPAWN_SETCGROUP. */
    SPAWN_INTO_CGROUP(() -> KernelProbes.feature(Feature.POSIX_SPAWN_SETCGROUP)),
    /** A thread can have mounts of its own. */
    OWN_MOUNTS(() -> KernelProbes.feature(Feature.MOUNT_NAMESPACE)),
    /** A thread can have a host name of its own. */
    OWN_HOST_NAME(() -> KernelProbes.feature(Feature.UTS_NAMESPACE)),
    /** A thread can have shared memory of its own. */
    OWN_IPC(() -> KernelProbes.feature(Feature.IPC_NAMESPACE)),
    /** A thread can have a network of its own. */
    OWN_NETWORK(() -> KernelProbes.feature(Feature.NETWORK_NAMESPACE)),
    /** A thread's children can have process ids of their own. */
    OWN_PIDS(() -> KernelProbes.feature(Feature.PID_NAMESPACE)),
    /** The {@code /proc} of other process ids can be mounted. */
    PROC_PIDNS(() -> KernelProbes.feature(Feature.PROC_PIDNS)),

    /** {@code src-it/matrix} tells how the cgroups are mounted, and the layout's folder what is to be made of that. */
    KNOWN_LAYOUT(HostProbes::knownLayout),
    /** User namespaces can be made, by {@code unshare --user}. */
    USER_NAMESPACE(() -> HostProbes.runs("unshare", "--user", "true")),
    /** Mount namespaces can be made, by {@code unshare --mount}. */
    MOUNT_NAMESPACE(() -> HostProbes.runs("unshare", "--mount", "true")),
    /** A process can be traced, by {@code strace}. */
    PTRACE(() -> HostProbes.runs("strace", "-o", "/dev/null", "true")),
    /** Loop devices can be made, by {@code losetup}. */
    LOOP_DEVICE(() -> HostProbes.runs("losetup", "--find")),
    /** Temporary files are on a disk, so that their pages in memory can be given up. */
    FILES_ON_DISK(HostProbes::filesOnDisk),
    /** {@code setpriv} of util-linux. */
    SETPRIV(() -> HostProbes.onPath("setpriv")),
    /** A Python 3 interpreter. */
    PYTHON3(() -> HostProbes.onPath("python3"));

    private static final Map<Need, Optional<String>> CAUSES = new ConcurrentHashMap<>();

    @SuppressWarnings("ImmutableEnumChecker") // all are methods of classes without state
    private final Probe probe;

    Need(Probe probe) {
        this.probe = probe;
    }

    /** {@return why the host lacks it, empty if it is there} */
    public Optional<String> missing() {
        return CAUSES.computeIfAbsent(this, need -> causeOf(need.probe));
    }

    /** A host without glibc cannot even load the calls, hence {@link LinkageError}. */
    private static Optional<String> causeOf(Probe probe) {
        try {
            probe.run();
            return Optional.empty();
        } catch (IOException | LinkageError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** Tries the thing itself. */
    interface Probe {

        /** Returns if the thing is there, else throws the cause. */
        void run() throws IOException;
    }
}
