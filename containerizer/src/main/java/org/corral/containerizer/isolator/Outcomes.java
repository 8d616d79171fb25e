package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.corral.cgroup.controller.KnobOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an isolator makes of the kernel's answers to its limits: a limit that does not hold is a failure. */
final class Outcomes {

    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

    private Outcomes() {}

    /** {@return why limits of which one was refused do not hold; it tells too what was left behind} */
    static IOException failure(List<KnobOutcome> outcomes) {
        IOException failure = new IOException("the limits do not hold: " + outcomes);
        try {
            require(outcomes.stream()
                    .sorted(Comparator.comparing(outcome -> !(outcome instanceof KnobOutcome.Refused)))
                    .toList());
        } catch (IOException e) {
            failure = e;
        }
        left(outcomes).forEach(failure::addSuppressed);
        return failure;
    }

    /** {@return what could not be taken back} */
    static List<IOException> left(List<KnobOutcome> outcomes) {
        return outcomes.stream()
                .filter(KnobOutcome.NotUndone.class::isInstance)
                .map(KnobOutcome.NotUndone.class::cast)
                .map(left -> new IOException(left.file() + " stays " + left.requested() + " instead of "
                        + left.previous() + ": " + left.message()))
                .toList();
    }

    /** Tells where the kernel holds another value than was asked for. */
    static void remark(List<KnobOutcome> outcomes) {
        outcomes.stream()
                .filter(KnobOutcome.Clamped.class::isInstance)
                .map(KnobOutcome.Clamped.class::cast)
                .forEach(Outcomes::remark);
    }

    private static void remark(KnobOutcome.Clamped clamped) {
        LOG.warn("{} is {} where {} was asked for", clamped.file(), clamped.actual(), clamped.requested());
    }

    static void require(List<KnobOutcome> outcomes) throws IOException {
        for (KnobOutcome outcome : outcomes) {
            require(outcome);
        }
    }

    static void require(KnobOutcome outcome) throws IOException {
        if (outcome instanceof KnobOutcome.Refused refused) {
            throw new IOException(
                    "the kernel refused " + refused.file() + " = " + refused.requested() + ": " + refused.message());
        }
        if (outcome instanceof KnobOutcome.Unsupported unsupported) {
            throw new IOException("this kernel has no " + unsupported.file() + ": " + unsupported.reason());
        }
        if (outcome instanceof KnobOutcome.Clamped clamped) {
            remark(clamped);
        }
    }
}
