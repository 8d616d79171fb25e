package org.corral.it;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.corral.linux.Linux;

/** All that one test can leave behind. */
final class Leaks {

    private static final long PAUSE_MILLIS = 20;

    private final List<Trace> traces;

    Leaks(List<Trace> traces) {
        this.traces = List.copyOf(traces);
    }

    /** Begins to watch: what is there now is not the test's. */
    static Leaks watch(TestRoot root) throws IOException {
        Linux linux = Linux.ofThisHost();
        warmUp(linux);
        return new Leaks(List.of(
                new CgroupTrace(linux, root.name()),
                ProcessTrace.since(linux),
                new FileTrace(root.runtimeDirectory()),
                DescriptorTrace.since()));
    }

    /** Loads the native libraries, so that no descriptor of theirs appears during the test. */
    private static void warmUp(Linux linux) {
        linux.processes().pid();
        linux.accounts().byId(0);
    }

    /**
     * Fails if something is left when the time is over, and removes it.
     *
     * @throws AssertionError naming all that is left
     */
    void assertNone(Duration patience) throws IOException {
        List<String> left = remove(patience);
        if (!left.isEmpty()) {
            throw new AssertionError("the test left behind:\n  " + String.join("\n  ", left));
        }
    }

    /** {@return what is left when the time is over; it is removed} */
    List<String> remove(Duration patience) throws IOException {
        List<String> left = settle(patience);
        for (Trace trace : traces) {
            trace.remove();
        }
        return left;
    }

    /** Things end by themselves for a while: a killed process, a closing thread, a cgroup that empties. */
    private List<String> settle(Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        List<String> left = left();
        while (!left.isEmpty() && System.nanoTime() < end) {
            Pause.millis(PAUSE_MILLIS);
            left = left();
        }
        return left;
    }

    private List<String> left() throws IOException {
        List<String> all = new ArrayList<>();
        for (Trace trace : traces) {
            all.addAll(trace.left());
        }
        return all;
    }
}
