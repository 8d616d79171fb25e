package org.corral.benchmarks.report;

import java.util.Objects;

/** Tells which Corral this is, as far as that is known. */
final class BuildFact {

    /** The property that the script sets, as the jar does not know its commit. */
    static final String COMMIT = "corral.commit";

    private BuildFact() {}

    static Fact ofThisJar() {
        String version = Objects.requireNonNullElse(
                BuildFact.class.getPackage().getImplementationVersion(), "of unknown version");
        String commit = System.getProperty(COMMIT, "");
        return new Fact("Corral", commit.isEmpty() ? version : version + ", commit " + commit);
    }
}
