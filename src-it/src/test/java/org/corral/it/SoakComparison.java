package org.corral.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.corral.core.ContainerId;
import org.corral.core.ContainerState;
import org.corral.core.ContainerStatus;
import org.corral.core.Resources;

/** A model beside the host and beside what its agent tells. */
record SoakComparison(TestRoot root, SoakModel model) {

    private static final long V1_SHARES = 1024;
    private static final long V2_WEIGHT = 100;

    /** {@return in what they differ; nothing while no end is under way} */
    List<String> differences(Host host) throws IOException {
        Map<ContainerId, OptionalInt> pids = model.pids();
        List<String> differences = new ArrayList<>(new HostState(root).differencesTo(pids));
        if (!host.containers().containers().equals(pids.keySet())) {
            differences.add("the agent knows " + new TreeSet<>(names(host)) + " and not " + pids.keySet());
            return differences;
        }
        for (SoakContainer container : model.running()) {
            List<String> wrong = new ArrayList<>();
            compareStatus(container, host.containers().status(container.id()), wrong);
            compareLimits(container, wrong);
            wrong.forEach(what -> differences.add(container + ": " + what));
        }
        return differences;
    }

    private static List<String> names(Host host) {
        return host.containers().containers().stream().map(ContainerId::value).toList();
    }

    private static void compareStatus(SoakContainer container, ContainerStatus status, List<String> wrong) {
        if (status.state() != ContainerState.RUNNING) {
            wrong.add("is " + status.state());
        }
        if (status.pid().orElse(0) != container.pid()) {
            wrong.add("has pid " + status.pid());
        }
        if (!ProcFiles.isAlive(container.pid())) {
            wrong.add("process has ended");
        }
    }

    /** By the kernel's files. */
    private void compareLimits(SoakContainer container, List<String> wrong) throws IOException {
        String name = container.id().value();
        Resources limits = container.limits();
        long shares = limits.cpus().orElseThrow().of(V1_SHARES);
        String expected =
                ControlFile.CPU_SHARES.either(String.valueOf(shares), String.valueOf(shares * V2_WEIGHT / V1_SHARES));
        compare(ControlFile.CPU_SHARES, name, expected, wrong);
        compare(
                ControlFile.MEMORY_LIMIT,
                name,
                String.valueOf(limits.memory().orElseThrow().bytes()),
                wrong);
        compare(ControlFile.PIDS_MAX, name, String.valueOf(limits.pids().orElseThrow()), wrong);
        if (isFrozen(name) != container.isPaused()) {
            wrong.add("is " + (container.isPaused() ? "not " : "") + "frozen");
        }
    }

    private void compare(ControlFile file, String name, String expected, List<String> wrong) throws IOException {
        String there = file.read(root, name);
        if (!there.equals(expected)) {
            wrong.add(file.file() + " is " + there + " and not " + expected);
        }
    }

    private boolean isFrozen(String name) throws IOException {
        Path state = ControlFile.FREEZER
                .of(root, name)
                .resolveSibling(ControlFile.FREEZER.either("freezer.state", "cgroup.events"));
        return Files.readString(state).contains(ControlFile.FREEZER.either("FROZEN", "frozen 1"));
    }
}
