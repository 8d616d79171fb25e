package org.corral.linux.namespace;

import static org.corral.linux.raw.Constants.CLONE_NEWIPC;
import static org.corral.linux.raw.Constants.CLONE_NEWNET;
import static org.corral.linux.raw.Constants.CLONE_NEWNS;
import static org.corral.linux.raw.Constants.CLONE_NEWPID;
import static org.corral.linux.raw.Constants.CLONE_NEWUTS;

import java.util.Collection;
import org.corral.core.isolator.Namespace;

/** How the kernel numbers the kinds of namespaces. */
final class CloneFlags {

    private CloneFlags() {}

    static int of(Namespace kind) {
        return switch (kind) {
            case MOUNT -> CLONE_NEWNS;
            case UTS -> CLONE_NEWUTS;
            case IPC -> CLONE_NEWIPC;
            case NETWORK -> CLONE_NEWNET;
            case PID -> CLONE_NEWPID;
        };
    }

    static int of(Collection<Namespace> kinds) {
        return kinds.stream().mapToInt(CloneFlags::of).reduce(0, (a, b) -> a | b);
    }
}
