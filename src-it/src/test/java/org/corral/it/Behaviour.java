package org.corral.it;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;

/** What a container of {@link BusyAgent} does; its id tells. */
enum Behaviour {
    /** Runs until it is destroyed. */
    STAYS("stays", Optional.empty()),
    /** Ends soon, with success. */
    SUCCEEDS("succeeds", Optional.of(new ExitStatus.Exited(0))),
    /** Ends soon, with a code of its own. */
    FAILS("fails", Optional.of(new ExitStatus.Exited(42))),
    /** Kills itself soon. */
    DIES("dies", Optional.of(new ExitStatus.Signaled(15))),
    /** Cannot be launched. */
    MISSING("missing", Optional.empty());

    /** How a container that is destroyed ends, in spite of all. */
    static final ExitStatus DESTROYED = new ExitStatus.Signaled(9);

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // all statuses are records of a number
    private final Optional<ExitStatus> end;

    Behaviour(String word, Optional<ExitStatus> end) {
        this.word = word;
        this.end = end;
    }

    static Behaviour any(Random random) {
        return values()[random.nextInt(values().length)];
    }

    /** {@return any but that which runs until it is destroyed} */
    static Behaviour brief(Random random) {
        return values()[1 + random.nextInt(values().length - 1)];
    }

    static Behaviour of(ContainerId id) {
        return Arrays.stream(values())
                .filter(each -> id.value().startsWith(each.word + "-"))
                .findFirst()
                .orElseThrow();
    }

    ContainerId id(String unique) {
        return ContainerId.of(word + "-" + unique);
    }

    /** {@return how it ends by itself; empty if it does not} */
    Optional<ExitStatus> end() {
        return end;
    }

    /** {@return a command that takes up to a fifth of a second, if it ends at all} */
    String[] command(Random random) {
        String pause = "sleep 0." + (100 + random.nextInt(200)) + "; ";
        return switch (this) {
            case STAYS -> new String[] {"sleep", "1000"};
            case SUCCEEDS -> new String[] {"sh", "-c", pause + "exit 0"};
            case FAILS -> new String[] {"sh", "-c", pause + "exit 42"};
            case DIES -> new String[] {"sh", "-c", pause + "kill -TERM $$"};
            case MISSING -> new String[] {"/absent/program"};
        };
    }
}
