package org.corral.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Hierarchy;

/** Tells the machine and the kernel that this runs on. JMH does not write them down, so the report is made where was measured. */
final class HostFacts {

    private static final String MODEL = "model name";

    private HostFacts() {}

    /**
     * {@return what this host is}
     *
     * @param proc where its {@code /proc} is
     * @throws IOException if that cannot be read
     */
    static List<Fact> of(Path proc, CgroupLayout layout) throws IOException {
        List<String> cpus = Files.readAllLines(proc.resolve("cpuinfo"));
        String kernel = Files.readString(proc.resolve("sys/kernel/osrelease")).strip();
        return List.of(
                new Fact("CPU", model(cpus) + ", " + processors(cpus) + " online"),
                new Fact("Kernel", "Linux " + kernel + ", " + System.getProperty("os.arch")),
                new Fact("Cgroups", kind(layout)));
    }

    /** Not all architectures name one. */
    private static String model(List<String> cpus) {
        return cpus.stream()
                .filter(line -> line.startsWith(MODEL))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("unnamed");
    }

    private static long processors(List<String> cpus) {
        return cpus.stream().filter(line -> line.matches("processor\\s*:.*")).count();
    }

    private static String kind(CgroupLayout layout) {
        Set<CgroupVersion> mounted =
                layout.hierarchies().stream().map(Hierarchy::version).collect(Collectors.toSet());
        Set<CgroupVersion> bound =
                layout.boundHierarchies().stream().map(Hierarchy::version).collect(Collectors.toSet());
        if (mounted.size() > 1) {
            return "hybrid, controllers on " + (bound.size() > 1 ? "both" : names(bound));
        }
        return mounted.isEmpty() ? "none" : names(mounted);
    }

    private static String names(Set<CgroupVersion> versions) {
        return versions.contains(CgroupVersion.V1) ? "v1" : "v2";
    }
}
