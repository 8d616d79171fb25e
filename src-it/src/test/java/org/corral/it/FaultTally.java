package org.corral.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.corral.testing.fault.Injected;

/** What became of the faults of one operation. Not thread-safe. */
final class FaultTally {

    private final String operation;
    private final Set<String> calls = new TreeSet<>();
    private final List<String> findings = new ArrayList<>();
    private int faults;
    private int told;

    FaultTally(String operation) {
        this.operation = operation;
    }

    void add(Injected injected, boolean wasTold) {
        faults++;
        told += wasTold ? 1 : 0;
        calls.add(injected.call());
    }

    void addFinding(String finding) {
        findings.add(finding);
    }

    List<String> findings() {
        return List.copyOf(findings);
    }

    int faults() {
        return faults;
    }

    /** {@return the system calls of which one went wrong} */
    Set<String> calls() {
        return Set.copyOf(calls);
    }

    /** {@return a row of a Markdown table} */
    String row() {
        return "| %s | %d | %d | %d | %d | %d |"
                .formatted(operation, calls.size(), faults, told, faults - told, findings.size());
    }
}
