package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Descriptors of this JVM that were not open, or led elsewhere, when the test began. */
record DescriptorTrace(Set<String> before) implements Trace {

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

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

    /** The directory is closed before the links are read, so that its own descriptor is not among them. */
    private static List<String> open() throws IOException {
        List<Path> numbers;
        try (Stream<Path> entries = Files.list(DESCRIPTORS)) {
            numbers = entries.toList();
        }
        List<String> open = new ArrayList<>();
        for (Path number : numbers) {
            try {
                Path target = Files.readSymbolicLink(number);
                if (!isOfTheJvm(target)) {
                    open.add("fd " + number.getFileName() + " of " + target);
                }
            } catch (NoSuchFileException e) {
                // closed since it was listed
            }
        }
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
