package org.corral.containerizer.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.corral.containerizer.cli.show.Shown;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.linux.Linux;

/**
 * A container as another terminal sees it. Immutable.
 *
 * @param checkpoint what was written down of it
 * @param state what is the case now
 * @param ownerAlive whether its agent runs
 * @param details what isolators know of it, as {@code net_cls.classid}
 */
record Observation(Checkpoint checkpoint, State state, boolean ownerAlive, Map<String, String> details) {

    Observation {
        details = Map.copyOf(details);
    }

    Observation(Checkpoint checkpoint, State state, boolean ownerAlive) {
        this(checkpoint, state, ownerAlive, Map.of());
    }

    Observation withDetails(Map<String, String> known) {
        return new Observation(checkpoint, state, ownerAlive, known);
    }

    /** What is the case with a container, by who of its agent and its first process is there. */
    enum State {
        /** It has no first process yet. */
        STARTING,
        /** All is well. */
        RUNNING,
        /** Its first process has ended, and its agent removes what is left. */
        ENDING,
        /** It runs, but its agent is gone. */
        ORPHANED,
        /** Agent and first process are gone. */
        ABANDONED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Observation of(Checkpoint checkpoint, Linux linux) throws IOException {
        boolean owner = checkpoint.isOwned(linux);
        boolean process = checkpoint.livingInit(linux).isPresent();
        return new Observation(
                checkpoint, state(owner, process, checkpoint.init().isPresent()), owner);
    }

    private static State state(boolean owner, boolean process, boolean made) {
        if (!owner) {
            return process ? State.ORPHANED : State.ABANDONED;
        }
        if (!made) {
            return State.STARTING;
        }
        return process ? State.RUNNING : State.ENDING;
    }

    /** {@return the process id of its first process as text} */
    String pid() {
        return checkpoint.init().map(ProcessIdentity::pid).map(String::valueOf).orElse(Shown.ABSENT);
    }
}
