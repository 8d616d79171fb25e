package org.corral.containerizer.lifecycle;

import java.util.concurrent.atomic.AtomicInteger;
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
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** A container's process exits while somebody destroys it: one of them begins its end, and all are told of that once. */
@JCStressTest
@Outcome(id = "true, false, 1", expect = Expect.ACCEPTABLE, desc = "the exit, told once")
@Outcome(id = "false, true, 1", expect = Expect.ACCEPTABLE, desc = "the call, told once")
@Outcome(expect = Expect.FORBIDDEN, desc = "none, or more than one")
@State
public class ExitWhileDestroyed {

    private static final ContainerId ID = ContainerId.of("raced");

    private final AtomicInteger told = new AtomicInteger();
    private final Container container =
            new Container(ID, Resources.NONE, ContainerState.RUNNING, event -> told.incrementAndGet());

    /** Its first process has ended. */
    @Actor
    public void exit(ZZI_Result result) {
        result.r1 = container.enter(ContainerState.DESTROYING);
    }

    /** Somebody wants it to end. */
    @Actor
    public void destroy(ZZI_Result result) {
        container.requestEnd(TerminationReason.DESTROYED);
        result.r2 = container.enter(ContainerState.DESTROYING);
    }

    /** How often that was told. */
    @Arbiter
    public void count(ZZI_Result result) {
        result.r3 = told.get();
    }
}
