package org.corral.containerizer.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.corral.core.Resources;

/**
 * Limits that were asked for and that the isolation does not keep: nobody must take them for granted. Immutable.
 *
 * @param missing the isolators that they need
 * @param isolation those that there are
 */
record UnenforcedLimits(List<String> missing, List<String> isolation) {

    private static final Map<String, Predicate<Resources>> NEEDS = new TreeMap<>(Map.of(
            "cgroups/cpu",
            wanted -> wanted.cpus().isPresent() || wanted.cpuLimit().isPresent(),
            "cgroups/mem",
            UnenforcedLimits::needMemory,
            "cgroups/pids",
            wanted -> wanted.pids().isPresent(),
            "cgroups/cpuset",
            wanted -> !wanted.cpuset().isEmpty(),
            "cgroups/blkio",
            wanted -> !wanted.io().isEmpty(),
            "cgroups/hugetlb",
            wanted -> !wanted.hugetlb().isEmpty(),
            "disk/du",
            wanted -> wanted.disk().isPresent()));

    /** Whether these can be had is told wherever Corral chooses, asked for or not. */
    private static final List<String> REMARKED_BY_AUTO = List.of("cgroups/cpu", "cgroups/mem", "cgroups/pids");

    static UnenforcedLimits of(Resources wanted, List<String> isolation) {
        List<String> missing = NEEDS.entrySet().stream()
                .filter(need -> need.getValue().test(wanted) && !isolation.contains(need.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        return new UnenforcedLimits(missing, isolation);
    }

    private static boolean needMemory(Resources wanted) {
        return wanted.memory().isPresent()
                || wanted.memoryRequest().isPresent()
                || wanted.memoryAndSwap().isPresent();
    }

    UnenforcedLimits {
        missing = List.copyOf(missing);
        isolation = List.copyOf(isolation);
    }

    /** {@return those of which nothing is said where the isolation was left to Corral} */
    UnenforcedLimits unremarkedByAuto() {
        return new UnenforcedLimits(
                missing.stream()
                        .filter(name -> !REMARKED_BY_AUTO.contains(name))
                        .toList(),
                isolation);
    }

    /** {@return one line about them, empty if there are none} */
    Optional<String> remark() {
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("limits are not enforced: they need " + String.join(",", missing)
                        + ", and the isolation is "
                        + String.join(",", isolation));
    }
}
