package org.corral.linux.process;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.corral.linux.Deadline;
import org.corral.linux.Linux;

/**
 * A child that a gate's thread has made, and a descriptor that stands for it.
 *
 * @param pid its process id
 * @param pidFd the descriptor, to be closed by whoever gets this
 */
record ArrivedChild(int pid, PidFd pidFd) {

    /**
     * Waits for the child.
     *
     * @throws IOException with the reason if there will be none, or if none was seen in that time
     */
    static ArrivedChild await(Linux linux, GateThread thread, Duration time) throws IOException {
        GatedChildFinder finder = new GatedChildFinder(linux);
        int threadId = GateThread.await(thread.threadId(), time);
        Deadline deadline = Deadline.after(time);
        while (!deadline.hasPassed()) {
            Optional<ArrivedChild> arrived = find(linux, finder, threadId, thread.getName());
            if (arrived.isPresent()) {
                return arrived.get();
            }
            if (thread.spawned().isDone()) {
                GateThread.await(thread.spawned(), time);
                throw new IOException("the child passed its gate before it was opened");
            }
            deadline.pause();
        }
        throw new IOException("no child was seen in /proc within " + time.toSeconds() + " s");
    }

    /** Looks twice: the pid could have ended, and come again, before the descriptor was open. */
    private static Optional<ArrivedChild> find(Linux linux, GatedChildFinder finder, int threadId, String name)
            throws IOException {
        OptionalInt pid = finder.find(threadId, name);
        if (pid.isEmpty()) {
            return Optional.empty();
        }
        Optional<PidFd> pidFd = PidFd.open(linux, pid.getAsInt());
        return pidFd.isPresent() && isStill(pid, pidFd.get(), finder, threadId, name)
                ? Optional.of(new ArrivedChild(pid.getAsInt(), pidFd.get()))
                : Optional.empty();
    }

    /** Closes the descriptor if it is not, or cannot be told. */
    private static boolean isStill(OptionalInt pid, PidFd pidFd, GatedChildFinder finder, int threadId, String name)
            throws IOException {
        boolean same = false;
        try {
            same = finder.find(threadId, name).equals(pid);
            return same;
        } finally {
            if (!same) {
                pidFd.close();
            }
        }
    }
}
