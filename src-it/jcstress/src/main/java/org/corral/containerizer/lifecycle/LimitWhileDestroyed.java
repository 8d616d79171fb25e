package org.corral.containerizer.lifecycle;

import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.Resources;
import org.corral.core.TerminationReason;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** A container runs into a limit while somebody destroys it: one of them begins its end, and one reason is told for good. */
@JCStressTest
@Outcome(
        id = {"true, false, LIMITATION", "true, false, DESTROYED", "false, true, LIMITATION", "false, true, DESTROYED"},
        expect = Expect.ACCEPTABLE,
        desc = "one begins its end, and one of them is its reason")
@Outcome(expect = Expect.FORBIDDEN, desc = "none or both, or without a reason")
@State
public class LimitWhileDestroyed {

    private static final ContainerId ID = ContainerId.of("raced");

    private final Container container = new Container(ID, Resources.NONE, ContainerState.RUNNING, event -> {});

    /** It ran into a limit. */
    @Actor
    public void limit(ZZL_Result result) {
        container.requestEnd(TerminationReason.LIMITATION);
        result.r1 = container.enter(ContainerState.DESTROYING);
    }

    /** Somebody wants it to end. */
    @Actor
    public void destroy(ZZL_Result result) {
        container.requestEnd(TerminationReason.DESTROYED);
        result.r2 = container.enter(ContainerState.DESTROYING);
    }

    /** Why it ends. */
    @Arbiter
    public void reason(ZZL_Result result) {
        result.r3 = container.endReason().map(Enum::name).orElse("none");
    }
}
