package org.corral.linux.raw;

/**
 * Ring 2: the kernel as checked calls in Java types, and the seam at which tests put a fake. Thread-safe.
 *
 * @param files descriptors and directories
 * @param events waiting for things to happen
 * @param processes making, signalling and limiting processes
 * @param accounts users and groups
 * @param namespaces what a thread sees of the host
 * @param buffers reading and writing native memory, for hot paths
 */
public record Syscalls(
        FileCalls files,
        EventCalls events,
        ProcessCalls processes,
        AccountCalls accounts,
        NamespaceCalls namespaces,
        BufferCalls buffers) {

    /**
     * {@return the kernel this process runs on}
     *
     * @throws UnsatisfiedLinkError if this is no Linux with glibc 2.34 or newer
     */
    public static Syscalls ofThisHost() {
        return new Syscalls(
                new JnrFileCalls(),
                new JnrEventCalls(),
                new JnrProcessCalls(),
                new JnrAccountCalls(),
                new JnrNamespaceCalls(),
                new JnrBufferCalls());
    }
}
