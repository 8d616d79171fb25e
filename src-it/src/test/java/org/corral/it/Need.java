package org.corral.it;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Something of the host that a test cannot do without. Each is probed once, when first asked for. */
public enum Need {
    /** The effective user is root. */
    ROOT(HostProbes::root),

    /** A writable v1 hierarchy with {@code cpu}. */
    CGROUP_V1_CPU(() -> CgroupProbes.v1("cpu")),
    /** A writable v1 hierarchy with {@code cpuacct}. */
    CGROUP_V1_CPUACCT(() -> CgroupProbes.v1("cpuacct")),
    /** A writable v1 hierarchy with {@code memory}. */
    CGROUP_V1_MEMORY(() -> CgroupProbes.v1("memory")),
    /** A writable v1 hierarchy with {@code pids}. */
    CGROUP_V1_PIDS(() -> CgroupProbes.v1("pids")),
    /** A writable v1 hierarchy with {@code freezer}. */
    CGROUP_V1_FREEZER(() -> CgroupProbes.v1("freezer")),
    /** A writable v1 hierarchy with {@code cpuset}. */
    CGROUP_V1_CPUSET(() -> CgroupProbes.v1("cpuset")),

    /** A writable v2 hierarchy, with or without controllers. */
    CGROUP_V2(CgroupProbes::v2),
    /** A writable v2 hierarchy whose root offers {@code cpu}. */
    V2_CPU(() -> CgroupProbes.v2("cpu")),
    /** A writable v2 hierarchy whose root offers {@code memory}. */
    V2_MEMORY(() -> CgroupProbes.v2("memory")),
    /** A writable v2 hierarchy whose root offers {@code pids}. */
    V2_PIDS(() -> CgroupProbes.v2("pids")),
    /** A writable v2 hierarchy whose root offers {@code cpuset}. */
    V2_CPUSET(() -> CgroupProbes.v2("cpuset")),
    /** A writable v2 hierarchy whose root offers {@code io}. */
    V2_IO(() -> CgroupProbes.v2("io")),

    /** eventfd(2). */
    EVENTFD(KernelProbes::eventFd),
    /** pidfd_open(2). */
    PIDFD(KernelProbes::pidFd),
    /** openat2(2). */
    OPENAT2(KernelProbes::openAt2),
    /** Pressure stall information in {@code /proc/pressure}. */
    PSI(KernelProbes::pressure),
    /** What a gated launch stands on: posix_spawn(3) with all file actions, and the list of a thread's children. */
    GATE(KernelProbes::gate),

    /** User namespaces can be made, by {@code unshare --user}. */
    USER_NAMESPACE(() -> HostProbes.runs("unshare", "--user", "true")),
    /** Mount namespaces can be made, by {@code unshare --mount}. */
    MOUNT_NAMESPACE(() -> HostProbes.runs("unshare", "--mount", "true")),
    /** A process can be traced, by {@code strace}. */
    PTRACE(() -> HostProbes.runs("strace", "-o", "/dev/null", "true")),
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
