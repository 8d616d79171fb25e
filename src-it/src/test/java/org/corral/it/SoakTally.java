package org.corral.it;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a soak counts while it lasts. Confined to one thread. */
final class SoakTally {

    private final Map<SoakStep, Long> steps = new EnumMap<>(SoakStep.class);
    private final List<String> faults = new ArrayList<>();
    private final List<SoakPoint> points = new ArrayList<>();
    private int comparisons;
    private long stepNanos;

    void taken(SoakStep step) {
        steps.merge(step, 1L, Long::sum);
    }

    long steps() {
        return steps.values().stream().mapToLong(Long::longValue).sum();
    }

    void compared() {
        comparisons++;
    }

    int comparisons() {
        return comparisons;
    }

    void stepped(long nanos) {
        stepNanos += nanos;
    }

    long stepNanos() {
        return stepNanos;
    }

    void wrong(List<String> what) {
        faults.addAll(what);
    }

    List<String> faults() {
        return faults;
    }

    void point(SoakPoint point) {
        points.add(point);
    }

    List<SoakPoint> points() {
        return List.copyOf(points);
    }

    Map<SoakStep, Long> byKind() {
        return new EnumMap<>(steps);
    }
}
