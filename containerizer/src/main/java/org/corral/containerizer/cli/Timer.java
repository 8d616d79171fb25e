package org.corral.containerizer.cli;

import java.time.Duration;

/** Does things later. */
interface Timer {

    /** Does something once. */
    void after(Duration delay, Runnable work);

    /** Does something again and again, the first time after the first period. */
    void every(Duration period, Runnable work);
}
