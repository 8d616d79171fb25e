package org.corral.linux.namespace;

import static org.corral.linux.raw.Constants.MS_REC;
import static org.corral.linux.raw.Constants.MS_SLAVE;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import org.corral.core.isolator.Namespace;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;

/**
 * New ones, which are there as long as a process is in them (unshare(2)). What is mounted in a new mount namespace is not
 * seen on the host; what is mounted on the host later is seen in it. Immutable.
 */
public record NewNamespaces(Linux linux, Set<Namespace> kinds) implements Namespaces {

    /** Copies the set. */
    public NewNamespaces {
        kinds = Set.copyOf(kinds);
    }

    /**
     * Makes them.
     *
     * @throws IOException naming the remedy for EPERM, ENOSPC and EINVAL
     */
    @Override
    public void enter() throws IOException {
        if (kinds.isEmpty()) {
            return;
        }
        try {
            linux.namespaces().unshare(CloneFlags.of(kinds));
        } catch (ErrnoException e) {
            throw new IOException(names() + " cannot be made" + remedy(e) + ": " + e.getMessage(), e);
        }
        if (kinds.contains(Namespace.MOUNT)) {
            linux.namespaces().mount(null, "/", null, MS_REC | MS_SLAVE, null);
        }
    }

    private String names() {
        Set<String> files = new TreeSet<>();
        EnumSet.copyOf(kinds).forEach(kind -> files.add(kind.file()));
        return "namespaces of the container's own (" + String.join(", ", files) + ")";
    }

    private static String remedy(ErrnoException e) {
        if (e.is(Errno.EPERM)) {
            return ", which needs CAP_SYS_ADMIN (run as root)";
        }
        if (e.is(Errno.ENOSPC)) {
            return ", as there are too many (raise the limits in /proc/sys/user)";
        }
        return e.is(Errno.EINVAL) ? ", as this kernel was built without one of them" : "";
    }
}
