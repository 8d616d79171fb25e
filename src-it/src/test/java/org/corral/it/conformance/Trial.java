package org.corral.it.conformance;

/**
 * What became of a test. Immutable.
 *
 * @param test its class and method
 * @param outcome how it went
 * @param reason why it was skipped or failed, else empty
 */
record Trial(String test, Outcome outcome, String reason) {

    /** How it went. */
    enum Outcome {
        PASSED,
        SKIPPED,
        FAILED
    }
}
