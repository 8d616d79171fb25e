package org.corral.containerizer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.corral.core.Resources;

/** Finds limits that were asked for and that the isolation does not keep: nobody must take them for granted. */
final class UnenforcedLimits {

    private UnenforcedLimits() {}

    /** {@return one line about them, empty if there are none} */
    static Optional<String> remark(Resources wanted, List<String> isolation) {
        List<String> missing = new ArrayList<>();
        need("cgroups/cpu", wanted.cpus().isPresent() || wanted.cpuLimit().isPresent(), isolation, missing);
        need(
                "cgroups/mem",
                wanted.memory().isPresent() || wanted.memoryRequest().isPresent(),
                isolation,
                missing);
        need("cgroups/pids", wanted.pids().isPresent(), isolation, missing);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("limits are not enforced: they need " + String.join(",", missing)
                        + ", and the isolation is "
                        + String.join(",", isolation));
    }

    private static void need(String isolator, boolean wanted, List<String> isolation, List<String> missing) {
        if (wanted && !isolation.contains(isolator)) {
            missing.add(isolator);
        }
    }
}
