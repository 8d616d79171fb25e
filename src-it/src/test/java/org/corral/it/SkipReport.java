package org.corral.it;

import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Prints, when closed after the last test, which needs the host meets and which tests were skipped. Thread-safe. */
final class SkipReport implements AutoCloseable {

    private final PrintStream out;
    private final Function<Need, Optional<String>> missing;
    private final Map<String, String> reasons = new TreeMap<>();

    SkipReport(PrintStream out) {
        this(out, Need::missing);
    }

    SkipReport(PrintStream out, Function<Need, Optional<String>> missing) {
        this.out = out;
        this.missing = missing;
    }

    synchronized void skipped(String test, String reason) {
        reasons.put(test, reason);
    }

    @Override
    public synchronized void close() {
        out.println("Needs of the tests:");
        for (Need need : Need.values()) {
            String state = missing.apply(need).map(cause -> "missing: " + cause).orElse("available");
            out.printf("  %-18s %s%n", need, state);
        }
        out.println("Skipped: " + reasons.size());
        reasons.forEach((test, reason) -> out.println("  " + test + ": " + reason));
        out.flush();
    }
}
