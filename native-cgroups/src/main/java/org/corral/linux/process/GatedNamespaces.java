package org.corral.linux.process;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.corral.core.isolator.Namespace;
import org.corral.linux.Linux;
import org.corral.linux.namespace.HeldNamespaces;

/** The namespaces of a child that waits at its gate. */
public final class GatedNamespaces {

    private GatedNamespaces() {}

    /**
     * Takes hold of them. That it is that child is made sure of: who mounts something in the namespace of another process,
     * as of one that got its pid meanwhile, harms that.
     *
     * @param pid a child of this process at its gate
     * @throws IOException if it is not, or has none of its own of some kind; EPERM, EMFILE
     */
    public static HeldNamespaces of(Linux linux, int pid, Set<Namespace> kinds) throws IOException {
        Optional<PidFd> held = PidFd.open(linux, pid);
        if (held.isEmpty()) {
            throw gone(pid);
        }
        try (PidFd pidFd = held.get()) {
            requireGated(linux, pid);
            HeldNamespaces namespaces = HeldNamespaces.of(linux, pid, kinds);
            if (!isStill(pidFd, namespaces)) {
                throw gone(pid);
            }
            return namespaces;
        }
    }

    /** Else the pid may have been another's all the time. Closes what is held if it is not, or cannot be told. */
    private static boolean isStill(PidFd pidFd, HeldNamespaces namespaces) throws IOException {
        boolean alive = false;
        try {
            alive = pidFd.isAlive();
            return alive;
        } finally {
            if (!alive) {
                namespaces.close();
            }
        }
    }

    private static void requireGated(Linux linux, int pid) throws IOException {
        Optional<ProcStat> stat = ProcessTable.find(linux, pid);
        if (stat.isEmpty() || stat.get().parent() != linux.processes().pid() || !Gate.isAtGate(stat.get())) {
            throw gone(pid);
        }
    }

    private static IOException gone(int pid) {
        return new IOException("process " + pid + " does not wait at its gate any more");
    }
}
