package org.corral.containerizer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.corral.cgroup.layout.RootSelection;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorOption;
import org.corral.core.unit.DataSize;

/**
 * How an agent wants its containers. Immutable.
 *
 * @param root the cgroup to build below, as {@code /corral}, or {@code auto}
 * @param isolation the isolators
 * @param runtimeDirectory where containers are written down; must be cleared by a reboot
 * @param memoryFloor the least a memory limit is set to: below it a program may not even start
 * @param cpuPeriod the period of CPU quotas, 1 ms to 1 s
 * @param isolatorOptions what is set for single isolators; of two for the same thing the later one counts
 * @param exclusive whether this is to be the one agent of its root that recovers containers; others, as {@code corral run},
 *     run containers of their own beside it
 */
public record CorralOptions(
        String root,
        Isolation isolation,
        Path runtimeDirectory,
        DataSize memoryFloor,
        Duration cpuPeriod,
        List<IsolatorOption> isolatorOptions,
        boolean exclusive) {

    private static final Duration SHORTEST_PERIOD = Duration.ofMillis(1);
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(1);

    /** Refuses a period that no kernel takes. */
    public CorralOptions {
        isolatorOptions = List.copyOf(isolatorOptions);
        if (cpuPeriod.compareTo(SHORTEST_PERIOD) < 0 || cpuPeriod.compareTo(LONGEST_PERIOD) > 0) {
            throw new IllegalArgumentException(
                    "cpu period " + cpuPeriod.toMillis() + " ms is out of range: give 1 ms to 1 s, as 100 ms");
        }
    }

    /** {@return what most agents want, with their files in that directory} */
    public static CorralOptions defaults(Path runtimeDirectory) {
        return new CorralOptions(
                RootSelection.AUTO,
                Isolation.AUTO,
                runtimeDirectory,
                DataSize.ofMebibytes(32),
                Duration.ofMillis(100),
                List.of(),
                true);
    }

    /** {@return these options with another root} */
    public CorralOptions withRoot(String path) {
        return new CorralOptions(path, isolation, runtimeDirectory, memoryFloor, cpuPeriod, isolatorOptions, exclusive);
    }

    /** {@return these options with another isolation} */
    public CorralOptions withIsolation(Isolation chosen) {
        return new CorralOptions(root, chosen, runtimeDirectory, memoryFloor, cpuPeriod, isolatorOptions, exclusive);
    }

    /** {@return these options with another floor of memory limits} */
    public CorralOptions withMemoryFloor(DataSize floor) {
        return new CorralOptions(root, isolation, runtimeDirectory, floor, cpuPeriod, isolatorOptions, exclusive);
    }

    /** {@return these options with others for single isolators} */
    public CorralOptions withIsolatorOptions(List<IsolatorOption> chosen) {
        return new CorralOptions(root, isolation, runtimeDirectory, memoryFloor, cpuPeriod, chosen, exclusive);
    }

    /** {@return these options for one agent among several with the same root, which does not recover} */
    public CorralOptions shared() {
        return new CorralOptions(root, isolation, runtimeDirectory, memoryFloor, cpuPeriod, isolatorOptions, false);
    }
}
