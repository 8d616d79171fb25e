package org.corral.it;

import java.util.Set;
import org.corral.linux.event.EventFd;

/** Which calls to the kernel change something on the host, beside those that open files. */
final class ChangingCalls {

    private static final Set<String> NAMES = Set.of(
            "makeDirectoryAt",
            "removeDirectoryAt",
            "removeFileAt",
            "changeOwner",
            "setAttribute",
            "write",
            "writeFrom",
            "makeFifo",
            "spawn",
            "pidfdSendSignal",
            "setLimits");

    private ChangingCalls() {}

    /** {@return whether a call does that is being made} */
    static boolean contain(String call) {
        return NAMES.contains(call) && !wakesAThread();
    }

    /** That changes nothing on the host, and is done under a lock that all need. */
    private static boolean wakesAThread() {
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().equals(EventFd.class.getName())));
    }
}
