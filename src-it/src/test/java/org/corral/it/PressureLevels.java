package org.corral.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.corral.core.usage.PressureUsage;

/** What is pressure of a level is pressure of the levels below it, too. */
final class PressureLevels {

    private PressureLevels() {}

    static void assertOrdered(PressureUsage counted) {
        assertOrdered(
                counted.low().orElseThrow(),
                counted.medium().orElseThrow(),
                counted.critical().orElseThrow());
    }

    static void assertOrdered(long low, long medium, long critical) {
        assertThat(low).isPositive().isGreaterThanOrEqualTo(medium);
        assertThat(medium).isGreaterThanOrEqualTo(critical);
    }
}
