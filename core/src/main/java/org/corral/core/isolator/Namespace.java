package org.corral.core.isolator;

/** A kind of namespace that a container can have of its own (namespaces(7)). */
public enum Namespace {
    /** Mount points: what is mounted in the container is seen in it alone. */
    MOUNT("mnt"),
    /** The host's name. */
    UTS("uts"),
    /** System V IPC and POSIX message queues. */
    IPC("ipc"),
    /** Network devices, addresses, ports and routes. */
    NETWORK("net"),
    /** Process ids: the first process of the container is process 1 in it, and with it all others end. */
    PID("pid");

    private final String file;

    Namespace(String file) {
        this.file = file;
    }

    /** {@return the kernel's name for it: of its file in {@code /proc/<pid>/ns}} */
    public String file() {
        return file;
    }
}
