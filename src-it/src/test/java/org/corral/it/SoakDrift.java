package org.corral.it;

import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.corral.harness.Drift;

/** What must stay where it is during a soak, and how much it may move. */
enum SoakDrift {
    /** An agent remembers how about a thousand containers ended; after that each byte for each container is one too many. */
    HEAP("live heap", "KiB", 1024, 4096, SoakPoint::heapBytes),
    /** The virtual machine goes on to compile for minutes, and malloc(3) keeps an arena for each new thread. */
    NATIVE("native memory", "KiB", 1024, 48 * 1024, SoakPoint::nativeBytes),
    /** No container is left when they are counted; a file of the virtual machine's own may come or go. */
    DESCRIPTORS("descriptors", "", 1, 4, SoakPoint::descriptors),
    /** Idle workers, and compilers of the virtual machine, come and go. */
    THREADS("threads", "", 1, 24, SoakPoint::threads),
    /** The kernel lets go of them when it is short of memory, or when what was charged to them is used by nobody. */
    DYING("dying cgroups", "", 1, 200, SoakPoint::dyingCgroups);

    /** Until then code is compiled, and classes are loaded, that no round has needed yet. */
    static final int WARM_UP_ROUNDS = 2;

    private final String what;
    private final String unit;
    private final double size;
    private final long bound;

    @SuppressWarnings("ImmutableEnumChecker") // all are methods of a record
    private final ToLongFunction<SoakPoint> figure;

    SoakDrift(String what, String unit, double size, long bound, ToLongFunction<SoakPoint> figure) {
        this.what = what;
        this.unit = unit;
        this.size = size;
        this.bound = bound;
        this.figure = figure;
    }

    /**
     * How much one moved.
     *
     * @param what moved
     * @param unit of all the numbers; empty for a count
     * @param first median of the first third of the rounds after the warm-up
     * @param last median of the last third
     * @param bound up to which a rise is no fault
     */
    record Moved(String what, String unit, double first, double last, long bound) {

        boolean isTooMuch() {
            return last - first > bound;
        }
    }

    String label() {
        return unit.isEmpty() ? what : unit + " of " + what;
    }

    double of(SoakPoint point) {
        return figure.applyAsLong(point) / size;
    }

    /** {@return how much it moved after the warm-up; empty if there were too few rounds to tell} */
    Optional<Moved> moved(List<SoakPoint> points) {
        List<Double> values = points.stream().skip(WARM_UP_ROUNDS).map(this::of).toList();
        return Drift.of(values).map(drift -> new Moved(what, unit, drift.first(), drift.last(), bound));
    }
}
