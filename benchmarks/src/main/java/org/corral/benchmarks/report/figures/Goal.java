package org.corral.benchmarks.report.figures;

import java.util.List;

/** Something that is asked of Corral. */
public sealed interface Goal permits RatioGoal, GrowthGoal, AllocationGoal {

    /** {@return what it is about, for people} */
    String what();

    /** {@return what is asked} */
    Bound bound();

    /** {@return what came of it, for each set of parameters; empty if it was not measured} */
    List<Outcome> outcomes(Measured measured);
}
