package org.corral.linux.process;

import static org.corral.linux.raw.Constants.O_DIRECTORY;
import static org.corral.linux.raw.Constants.O_PATH;

import java.util.List;
import org.corral.linux.Fd;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.raw.SpawnPlan.Action;

/**
 * Lets a child that has mounts of its own open files of the host: below a descriptor of the host's root, which it inherits.
 * Its gate, and the files of its standard streams, would be hidden else by what is mounted over them.
 *
 * @param root to be kept open until there is a child
 */
record HostView(Fd root) implements AutoCloseable {

    /** The child's number of the root, next to the standard ones. */
    private static final int ROOT = 3;

    static HostView open(Linux linux) throws ErrnoException {
        return new HostView(Fd.open(linux.files(), "/", O_PATH | O_DIRECTORY));
    }

    /** {@return what makes it ready, and closes what else the child has of the agent} */
    List<Action> opening() {
        return List.of(new Action.Duplicate(root.number(), ROOT), new Action.CloseFrom(ROOT + 1));
    }

    /** {@return the same step, with the host's file in it; {@code /proc} is there in any view} */
    Action see(Action action) {
        return action instanceof Action.Open open && open.path().startsWith("/")
                ? new Action.Open(open.fd(), "/proc/self/fd/" + ROOT + open.path(), open.flags(), open.mode())
                : action;
    }

    @Override
    public void close() {
        root.close();
    }
}
