package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Descriptors of this JVM that were not open, or led elsewhere, when the test began. */
record DescriptorTrace(Set<String> before) implements Trace {

    DescriptorTrace {
        before = Set.copyOf(before);
    }

    static DescriptorTrace since() throws IOException {
        return new DescriptorTrace(Set.copyOf(open()));
    }

    @Override
    public List<String> left() throws IOException {
        return open().stream().filter(each -> !before.contains(each)).toList();
    }

    /** Closes none: their owner would later close whatever has got their number by then. */
    @Override
    public void remove() {}

    private static List<String> open() throws IOException {
        List<String> open = new ArrayList<>();
        OwnDescriptors.targets().forEach((number, target) -> {
            if (!isOfTheJvm(target)) {
                open.add("fd " + number + " of " + target);
            }
        });
        return open;
    }

    /** Class loaders open jars at the first class they need of them and keep them. */
    private static boolean isOfTheJvm(Path target) {
        return target.toString().endsWith(".jar")
                || target.startsWith(System.getProperty("java.home"))
                || isOwnLimit(target);
    }

    /** The JVM looks now and then what its own cgroup allows it. */
    private static boolean isOwnLimit(Path target) {
        return Files.isRegularFile(target)
                && Files.exists(target.resolveSibling("cgroup.procs"))
                && !target.toString().contains("/corral-it-");
    }
}
