package org.corral.containerizer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupRoot;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.containerizer.isolator.CgroupMembership;
import org.corral.containerizer.isolator.CgroupsCpu;
import org.corral.containerizer.isolator.CgroupsMem;
import org.corral.containerizer.isolator.CgroupsPids;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.PosixCpu;
import org.corral.containerizer.isolator.PosixMem;
import org.corral.containerizer.isolator.PosixProcesses;
import org.corral.containerizer.isolator.PosixRlimits;
import org.corral.containerizer.launcher.CgroupLauncher;
import org.corral.containerizer.launcher.Forker;
import org.corral.containerizer.launcher.PosixLauncher;
import org.corral.containerizer.lifecycle.Containment;
import org.corral.containerizer.state.StateStore;
import org.corral.core.event.ContainerEvent;
import org.corral.core.isolator.Isolator;
import org.corral.core.launcher.Launcher;
import org.corral.linux.Linux;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.Poller;

/** Makes launcher and isolators for an isolation. Thread-safe. */
final class ContainmentFactory {

    private final Linux linux;
    private final Poller poller;
    private final FileChanges changes;
    private final StateStore store;
    private final CgroupLayout layout;
    private final CorralOptions options;
    private final Consumer<? super ContainerEvent> events;

    ContainmentFactory(
            Linux linux,
            Poller poller,
            StateStore store,
            CgroupLayout layout,
            CorralOptions options,
            Consumer<? super ContainerEvent> events) {
        this.linux = linux;
        this.poller = poller;
        this.changes = new FileChanges(linux, poller);
        this.store = store;
        this.layout = layout;
        this.options = options;
        this.events = events;
    }

    /**
     * {@return launcher and isolators for an isolation; for {@code auto} the best that works here}
     *
     * @throws IOException if an isolator was asked for by name that does not work here
     */
    Containment choose(CgroupRoot root, Isolation isolation) throws IOException {
        Usability usability = new Usability(layout, root.path());
        List<String> remarks = new ArrayList<>(root.warning().stream().toList());
        Isolation chosen = isolation.isAuto() ? usability.best(remarks) : isolation;
        if (!chosen.usesCgroups()) {
            return withoutCgroups(chosen, remarks);
        }
        Optional<String> obstacle = usability.obstacle(chosen);
        if (obstacle.isPresent()) {
            throw new IOException(obstacle.get());
        }
        return withCgroups(root, chosen, remarks);
    }

    private Containment withCgroups(CgroupRoot root, Isolation isolation, List<String> remarks) {
        CgroupTree tree = new CgroupTree(linux, layout, CgroupPath.of(root.path()));
        ContainerCgroups cgroups = new ContainerCgroups(tree, "corral");
        PosixProcesses processes = new PosixProcesses(linux);
        Launcher launcher = new CgroupLauncher(new Forker(linux, poller, store, processes::end), cgroups);
        List<Isolator> isolators = new ArrayList<>();
        isolators.add(new CgroupMembership(cgroups));
        isolation.names().forEach(name -> isolators.add(make(name, cgroups, processes)));
        isolators.add(new PosixRlimits(linux));
        return new Containment(launcher, isolators, isolation.names(), root.path(), remarks);
    }

    private Containment withoutCgroups(Isolation isolation, List<String> remarks) {
        PosixProcesses processes = new PosixProcesses(linux);
        Launcher launcher = new PosixLauncher(linux, new Forker(linux, poller, store, processes::end));
        List<Isolator> isolators = new ArrayList<>();
        isolation.names().forEach(name -> isolators.add(makePosix(name, processes)));
        isolators.add(new PosixRlimits(linux));
        return new Containment(launcher, isolators, isolation.names(), "", remarks);
    }

    private Isolator make(String name, ContainerCgroups cgroups, PosixProcesses processes) {
        return switch (name) {
            case "cgroups/cpu" -> new CgroupsCpu(cgroups, options.cpuPeriod());
            case "cgroups/mem" -> new CgroupsMem(linux, poller, changes, cgroups, options.memoryFloor(), events);
            case "cgroups/pids" -> new CgroupsPids(cgroups, changes, events);
            default -> makePosix(name, processes);
        };
    }

    private Isolator makePosix(String name, PosixProcesses processes) {
        return switch (name) {
            case "posix/cpu" -> new PosixCpu(processes, linux.processes().clockTicks());
            case "posix/mem" -> new PosixMem(processes, linux.processes().pageBytes());
            default -> throw new IllegalArgumentException("isolator " + name + " has no maker");
        };
    }
}
