package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.List;
import org.corral.cgroup.controller.KnobOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an isolator makes of the kernel's answers to its limits: a limit that does not hold is a failure. */
final class Outcomes {

    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);

    private Outcomes() {}

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
            LOG.warn("{} is {} where {} was asked for", clamped.file(), clamped.actual(), clamped.requested());
        }
    }
}
