package org.corral.linux;

import java.nio.file.Path;
import org.corral.linux.raw.AccountCalls;
import org.corral.linux.raw.EventCalls;
import org.corral.linux.raw.FileCalls;
import org.corral.linux.raw.NamespaceCalls;
import org.corral.linux.raw.ProcessCalls;
import org.corral.linux.raw.Syscalls;

/**
 * The way to the kernel, passed to everything that needs it: its calls, and where its file systems are. Thread-safe.
 *
 * @param syscalls the system calls
 * @param root what {@code /proc} and {@code /sys} are looked up below: {@code /}, or a folder of fixtures in tests
 * @param descriptors how many may be kept open
 */
public record Linux(Syscalls syscalls, Path root, FdBudget descriptors) {

    /** A kernel that gives as many descriptors as anybody wants, for tests. */
    public Linux(Syscalls syscalls, Path root) {
        this(syscalls, root, FdBudget.unlimited());
    }

    /** {@return the kernel this process runs on} The process's soft limit of descriptors is raised to the hard one. */
    public static Linux ofThisHost() {
        Syscalls syscalls = Syscalls.ofThisHost();
        return new Linux(syscalls, Path.of("/"), FdBudget.ofThisProcess(syscalls));
    }

    /** {@return where an absolute path of the host is} */
    public Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** {@return the calls on descriptors and directories} */
    public FileCalls files() {
        return syscalls.files();
    }

    /** {@return the calls to wait for things to happen} */
    public EventCalls events() {
        return syscalls.events();
    }

    /** {@return the calls on processes} */
    public ProcessCalls processes() {
        return syscalls.processes();
    }

    /** {@return the calls on users and groups} */
    public AccountCalls accounts() {
        return syscalls.accounts();
    }

    /** {@return the calls on namespaces, which change the thread that makes them} */
    public NamespaceCalls namespaces() {
        return syscalls.namespaces();
    }
}
