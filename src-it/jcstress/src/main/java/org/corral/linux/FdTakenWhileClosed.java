package org.corral.linux;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** One takes the number for itself while another closes the descriptor: it has one owner, who closes it. */
@JCStressTest
@Outcome(id = "7, 0", expect = Expect.ACCEPTABLE, desc = "taken, and left open for who took it")
@Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE, desc = "closed, and not to be taken any more")
@Outcome(expect = Expect.FORBIDDEN, desc = "taken and closed, or neither")
@State
public class FdTakenWhileClosed {

    private final CountedCloses kernel = new CountedCloses();
    private final Fd fd = new Fd(kernel.files(), 7, "file");

    /** Takes it. */
    @Actor
    public void take(II_Result result) {
        try {
            result.r1 = fd.take();
        } catch (IllegalStateException closed) {
            result.r1 = -1;
        }
    }

    /** Closes it. */
    @Actor
    public void close() {
        fd.close();
    }

    /** Counts. */
    @Arbiter
    public void count(II_Result result) {
        result.r2 = kernel.count();
    }
}
