package org.corral.it;

import java.util.Arrays;
import java.util.Random;

/** Something that a soak does to a container, and how often it does it. */
enum SoakStep {
    /** Starts one that stays until it is ended. */
    LAUNCH(20),
    /** Starts one that ends by itself, or cannot be started. */
    BRIEF(12),
    /** Changes limits. */
    UPDATE(20),
    /** Reads what one uses. */
    SAMPLE(20),
    /** Stops all processes of one. */
    PAUSE(6),
    /** Lets them go on. */
    RESUME(5),
    /** Starts one that takes more memory than it may. */
    OOM(2),
    /** Ends the first process of one by a signal. */
    SIGNAL(5),
    /** Ends one, paused or not. */
    DESTROY(10);

    private static final int SUM =
            Arrays.stream(values()).mapToInt(step -> step.often).sum();

    private final int often;

    SoakStep(int often) {
        this.often = often;
    }

    static SoakStep any(Random random) {
        int dice = random.nextInt(SUM);
        for (SoakStep step : values()) {
            dice -= step.often;
            if (dice < 0) {
                return step;
            }
        }
        throw new AssertionError("the dice fell beside the table");
    }
}
