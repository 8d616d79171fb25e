package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.corral.core.ContainerId;

/** What is on the host of a test's containers, seen without the code under test. */
record HostState(TestRoot root) {

    /** What an agent has in the state folder: the lock of the root, and of a container its checkpoint with the lock of that. */
    private static final Set<String> OWN_FILES = Set.of(".lock", "state.json", "state.json.lock");

    /** {@return what is there beyond some containers, or missing of them; nothing if all is as it should be} */
    List<String> differencesTo(Map<ContainerId, OptionalInt> containers) throws IOException {
        Set<String> names =
                containers.keySet().stream().map(ContainerId::toString).collect(Collectors.toSet());
        Set<Integer> pids = containers.values().stream()
                .flatMapToInt(OptionalInt::stream)
                .boxed()
                .collect(Collectors.toSet());
        List<String> differences = new ArrayList<>();
        for (CgroupMount mount : CgroupMount.ofThisHost()) {
            for (String name : unlike(mount.directory(root), names)) {
                differences.add("cgroup " + mount.point() + " " + name);
            }
        }
        Path store = Host.stateOf(root).resolve(root.stateFolder());
        unlike(store, names).forEach(name -> differences.add("state " + name));
        for (Path file : Files.isDirectory(store) ? Tree.files(store) : List.<Path>of()) {
            String name = file.getFileName().toString();
            if (!OWN_FILES.contains(name)) {
                differences.add("file " + file);
            }
        }
        differences.addAll(strays(names, pids));
        return differences;
    }

    /** A name with a + is too much, one with a - is missing. Where no agent has made any there is nothing to miss. */
    private static List<String> unlike(Path directory, Set<String> names) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        Set<String> there = Tree.directories(directory, 1).stream()
                .filter(each -> !each.equals(directory))
                .map(each -> each.getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> differences = new ArrayList<>();
        there.stream().filter(name -> !names.contains(name)).forEach(name -> differences.add("+" + name));
        names.stream().filter(name -> !there.contains(name)).forEach(name -> differences.add("-" + name));
        return differences;
    }

    /** Processes that are neither a container's first nor in the cgroup of one. */
    private List<String> strays(Set<String> names, Set<Integer> pids) throws IOException {
        List<String> strays = new ArrayList<>();
        for (Map.Entry<Integer, String> process :
                MarkedProcesses.of(root).running().entrySet()) {
            boolean isContained = process.getValue()
                    .lines()
                    .anyMatch(line -> names.contains(line.substring(line.lastIndexOf('/') + 1)));
            if (!isContained && !pids.contains(process.getKey())) {
                strays.add(
                        "process " + process.getKey() + " " + process.getValue().replace('\n', ' '));
            }
        }
        return strays;
    }
}
