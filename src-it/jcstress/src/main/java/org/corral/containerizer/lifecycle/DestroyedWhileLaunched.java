package org.corral.containerizer.lifecycle;

import org.corral.core.ContainerState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** A launch comes to its end while the container is destroyed: its end has begun whoever was first, and never runs again. */
@JCStressTest
@Outcome(id = "true, true, DESTROYING", expect = Expect.ACCEPTABLE, desc = "it ran, and then its end began")
@Outcome(id = "false, true, DESTROYING", expect = Expect.ACCEPTABLE, desc = "its end began before it ran")
@Outcome(expect = Expect.FORBIDDEN, desc = "it runs although it is to end")
@State
public class DestroyedWhileLaunched {

    private final StateMachine stages = new StateMachine(ContainerState.ISOLATING);

    /** The launch releases the gate. */
    @Actor
    public void launch(ZZL_Result result) {
        result.r1 = stages.advance(ContainerState.RUNNING);
    }

    /** Somebody wants it to end. */
    @Actor
    public void destroy(ZZL_Result result) {
        result.r2 = stages.advance(ContainerState.DESTROYING);
    }

    /** What it is in the end. */
    @Arbiter
    public void look(ZZL_Result result) {
        result.r3 = stages.state();
    }
}
