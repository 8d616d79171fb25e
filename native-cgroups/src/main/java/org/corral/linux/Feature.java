package org.corral.linux;

/** A thing that some kernels and C libraries that Corral runs on have, and others lack or forbid. */
public enum Feature {
    /** openat2(2). */
    OPENAT2("opens files below a directory and nowhere else", "Linux 5.6"),
    /** pidfd_open(2). */
    PIDFD_OPEN("holds a process by a descriptor, so that its number cannot pass to another one unnoticed", "Linux 5.3"),
    /** pidfd_send_signal(2). */
    PIDFD_SEND_SIGNAL("signals the process that a descriptor holds", "Linux 5.1"),
    /** PIDFD_GET_INFO with PIDFD_INFO_EXIT: uapi/linux/pidfd.h. */
    PIDFD_INFO_EXIT("tells how a process ended that an earlier agent made", "Linux 6.15"),
    /** waitid(2) with P_PIDFD. */
    WAITID_PIDFD("reaps the child that a descriptor holds", "Linux 5.4"),
    /** eventfd(2). */
    EVENTFD("wakes the poller, and tells of memory events on cgroup v1", "Linux 2.6.27"),
    /** epoll(7). */
    EPOLL("waits for all events in one thread", "Linux 2.6.27"),
    /** inotify(7). */
    INOTIFY("tells of events on cgroup v2", "Linux 2.6.27"),
    /** Pressure stall information: accounting/psi.rst. */
    PSI("tells how long tasks waited for cpu, memory and io", "Linux 4.20"),
    /** Triggers of pressure stall information with a window of 2 s, the shortest without CAP_SYS_RESOURCE. */
    PSI_TRIGGER("wakes the poller when pressure passes a threshold", "Linux 5.2, without privilege 6.4"),
    /** {@code /proc/<pid>/task/<tid>/children} (CONFIG_PROC_CHILDREN): proc_tid_children(5). */
    PROC_CHILDREN("finds a child that waits at the gate", "Linux 4.2"),
    /** posix_spawn(3) with the file actions chdir and closefrom. */
    POSIX_SPAWN_CLOSEFROM("starts programs that inherit no descriptor of the agent", "glibc 2.34"),
    /** posix_spawn(3) with POSIX_SPAWN_SETCGROUP: clone3(2) with CLONE_INTO_CGROUP. */
    POSIX_SPAWN_SETCGROUP(
            "lets a program be born in its v2 cgroup, which saves moving it there", "glibc 2.39, Linux 5.7"),
    /** Mount namespaces: mount_namespaces(7). */
    MOUNT_NAMESPACE("gives containers mounts of their own", "Linux 2.4.19"),
    /** UTS namespaces: uts_namespaces(7). */
    UTS_NAMESPACE("gives containers a host name of their own", "Linux 2.6.19"),
    /** IPC namespaces: ipc_namespaces(7). */
    IPC_NAMESPACE("gives containers shared memory and message queues of their own", "Linux 2.6.19"),
    /** Network namespaces: network_namespaces(7). */
    NETWORK_NAMESPACE("gives containers network devices of their own", "Linux 2.6.29"),
    /** PID namespaces: pid_namespaces(7). Before Linux 3.12 a thread that has unshared one cannot posix_spawn(3). */
    PID_NAMESPACE("gives containers process ids of their own", "Linux 3.12"),
    /** The option {@code pidns} of procfs: filesystems/proc.rst. */
    PROC_PIDNS("lets the agent mount the /proc of a container with process ids of its own", "Linux 6.17");

    private final String purpose;
    private final String since;

    Feature(String purpose, String since) {
        this.purpose = purpose;
        this.since = since;
    }

    /** {@return what Corral does with it, in one line for people} */
    public String purpose() {
        return purpose;
    }

    /** {@return what it came with, for people alone: distributions add features to older kernels, and filters take them} */
    public String since() {
        return since;
    }
}
