package org.corral.it;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.Termination;
import org.corral.core.TerminationReason;

/** Ends that are due, each compared with what must be told of it. Confined to one thread. */
final class SoakEnds {

    /** So many may be under way at once; some take a fifth of a second. */
    private static final int MOST = 20;

    private final Queue<Due> due = new ArrayDeque<>();

    /**
     * An end to come.
     *
     * @param reason that must be told
     * @param status that must be told
     */
    private record Due(
            ContainerId id, TerminationReason reason, ExitStatus status, CompletionStage<Optional<Termination>> end) {

        /** {@return what is wrong with it; it is waited for} */
        List<String> faults() {
            try {
                Optional<Termination> told = Host.await(end);
                boolean isRight = told.isPresent()
                        && told.get().reason() == reason
                        && told.get().status().equals(Optional.of(status))
                        && told.get().limitations().isEmpty() == (reason != TerminationReason.LIMITATION);
                return isRight ? List.of() : List.of(id + " should have ended " + reason + ", " + status + ": " + told);
            } catch (CompletionException e) {
                return List.of(id + " could not be ended: " + e.getCause());
            }
        }
    }

    /** {@return what was wrong with an earlier end, if that had to be waited for} */
    List<String> expect(
            ContainerId id, TerminationReason reason, ExitStatus status, CompletionStage<Optional<Termination>> end) {
        due.add(new Due(id, reason, status, end));
        return due.size() > MOST ? due.remove().faults() : List.of();
    }

    /** {@return what was wrong with any; all are waited for} */
    List<String> settle() {
        List<String> faults = new ArrayList<>();
        due.forEach(each -> faults.addAll(each.faults()));
        due.clear();
        return faults;
    }
}
