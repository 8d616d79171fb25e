package org.corral.benchmarks.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.corral.benchmarks.report.figures.Measured;
import org.corral.benchmarks.report.jmh.JmhRun;

/**
 * What the report says, for the templates. Immutable.
 *
 * @param facts of host, virtual machine and time
 * @param files that the figures are from
 * @param sections from top to bottom
 */
record Document(List<Fact> facts, String files, List<Section> sections) {

    Document {
        facts = List.copyOf(facts);
        sections = List.copyOf(sections);
    }

    static Document of(List<JmhRun> runs, List<Fact> host) {
        Measured measured = Measured.of(runs);
        List<Section> sections = Stream.of(
                        GoalsSection.of(measured),
                        RatioSections.ofCosts(measured),
                        RatioSections.ofSpeed(measured),
                        ScalingSection.of(measured),
                        AllocationSection.of(measured),
                        EverythingSection.of(measured))
                .filter(section -> !section.isEmpty())
                .toList();
        List<Fact> facts =
                Stream.of(host, RunFacts.of(runs)).flatMap(List::stream).toList();
        return new Document(facts, runs.stream().map(JmhRun::file).collect(Collectors.joining(" ")), sections);
    }
}
