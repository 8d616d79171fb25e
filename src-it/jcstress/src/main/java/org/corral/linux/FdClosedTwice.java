package org.corral.linux;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Two close one descriptor: the second close could be that of a number that has been given out again. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "closed once")
@Outcome(expect = Expect.FORBIDDEN, desc = "closed twice, or never")
@State
public class FdClosedTwice {

    private final CountedCloses kernel = new CountedCloses();
    private final Fd fd = new Fd(kernel.files(), 7, "file");

    /** Closes it. */
    @Actor
    public void one() {
        fd.close();
    }

    /** Closes it, too. */
    @Actor
    public void other() {
        fd.close();
    }

    /** Counts. */
    @Arbiter
    public void count(I_Result closes) {
        closes.r1 = kernel.count();
    }
}
