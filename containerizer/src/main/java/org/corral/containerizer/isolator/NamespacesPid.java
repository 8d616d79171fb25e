package org.corral.containerizer.isolator;

import static org.corral.linux.raw.Constants.MS_NODEV;
import static org.corral.linux.raw.Constants.MS_NOEXEC;
import static org.corral.linux.raw.Constants.MS_NOSUID;

import java.io.IOException;
import java.util.Set;
import org.corral.core.ContainerId;
import org.corral.core.isolator.Namespace;
import org.corral.linux.Linux;
import org.corral.linux.namespace.HeldNamespaces;

/**
 * {@code namespaces/pid}: process ids of its own, and a {@code /proc} that shows no others. Its first process is process 1
 * in it, and the kernel ends all others with that.
 *
 * <p>Whoever mounts procfs gets that of its own processes, and the agent is not in the container: so it needs a kernel that
 * can be told whose (filesystems/proc.rst, {@code pidns}).
 */
public final class NamespacesPid extends NamespaceIsolator {

    static final String NAME = "namespaces/pid";

    /** Makes it. */
    public NamespacesPid(Linux linux) {
        super(linux, NAME, Set.of(Namespace.PID, Namespace.MOUNT));
    }

    @Override
    void furnish(ContainerId id, HeldNamespaces namespaces) throws IOException {
        String option = "pidns=/proc/self/fd/" + namespaces.descriptor(Namespace.PID);
        linux().namespaces().mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, option);
    }
}
