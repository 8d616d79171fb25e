package org.corral.benchmarks.report.figures;

import java.util.Optional;
import org.corral.benchmarks.report.jmh.JmhMetric;
import org.corral.benchmarks.report.jmh.JmhResult;
import org.corral.benchmarks.report.jmh.JmhRun;

/**
 * One measurement. Immutable.
 *
 * @param subject what was measured
 * @param score what it came to
 * @param allocatedBytes for each operation, the middle iteration; empty if JMH ran without {@code -prof gc}
 * @param run the file that it is of
 */
public record Figure(Subject subject, Score score, Optional<Double> allocatedBytes, String run) {

    private static final String ALLOCATION = "gc.alloc.rate.norm";

    static Figure of(JmhRun run, JmhResult result) {
        Optional<Double> allocation =
                Optional.ofNullable(result.secondaryMetrics().get(ALLOCATION)).map(JmhMetric::median);
        return new Figure(Subject.of(result), Score.of(result), allocation, run.file());
    }

    boolean isComparableWith(Figure partner) {
        return run.equals(partner.run)
                && partner.subject.isPartnerOf(subject)
                && score.isTime()
                && partner.score.isTime()
                && partner.score.median() > 0;
    }
}
