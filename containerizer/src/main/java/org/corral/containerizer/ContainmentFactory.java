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
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorParts;
import org.corral.containerizer.isolator.IsolatorRegistry;
import org.corral.containerizer.isolator.PollTimer;
import org.corral.containerizer.isolator.PosixProcesses;
import org.corral.containerizer.isolator.PosixRlimits;
import org.corral.containerizer.launcher.CgroupLauncher;
import org.corral.containerizer.launcher.Forker;
import org.corral.containerizer.launcher.PosixLauncher;
import org.corral.containerizer.lifecycle.Containment;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.event.ContainerEvent;
import org.corral.core.isolator.Isolator;
import org.corral.core.launcher.Launcher;
import org.corral.linux.KernelFeatures;
import org.corral.linux.Linux;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes launcher and isolators for an isolation. Thread-safe. */
final class ContainmentFactory {

    private static final Logger LOG = LoggerFactory.getLogger(ContainmentFactory.class);

    private final Linux linux;
    private final Poller poller;
    private final FileChanges changes;
    private final PollTimer timer;
    private final StateStore store;
    private final CgroupLayout layout;
    private final IsolatorRegistry registry;
    private final CorralOptions options;
    private final Consumer<? super ContainerEvent> events;

    ContainmentFactory(
            Linux linux,
            Poller poller,
            PollTimer timer,
            StateStore store,
            CgroupLayout layout,
            IsolatorRegistry registry,
            CorralOptions options,
            Consumer<? super ContainerEvent> events) {
        this.linux = linux;
        this.poller = poller;
        this.changes = new FileChanges(linux, poller);
        this.timer = timer;
        this.store = store;
        this.layout = layout;
        this.registry = registry;
        this.options = options;
        this.events = events;
    }

    /**
     * {@return launcher and isolators for an isolation; for {@code auto} the best that works here}
     *
     * @throws IllegalArgumentException if there is no isolator of some name; the message lists those there are
     * @throws IOException if an isolator was asked for by name that does not work here
     */
    Containment choose(CgroupRoot root, Isolation isolation) throws IOException {
        Usability usability = usability(root);
        List<String> remarks = new ArrayList<>(root.warning().stream().toList());
        Isolation asked = usability.expand(isolation, remarks);
        Isolation chosen = asked.isAuto() ? asked.completedBy(usability.best(remarks)) : asked;
        Optional<String> obstacle = usability.obstacle(chosen);
        if (obstacle.isPresent()) {
            throw new IOException(obstacle.get());
        }
        remarkUnused(chosen, remarks);
        return make(root, chosen, remarks);
    }

    /** {@return all isolators there are, Corral's own first} */
    List<OfferedIsolator> offered(CgroupRoot root) {
        Usability usability = usability(root);
        return registry.all().stream()
                .map(isolator ->
                        new OfferedIsolator(isolator.name(), usability.obstacle(isolator), isolator.provider()))
                .toList();
    }

    private Usability usability(CgroupRoot root) {
        return new Usability(layout, root.path(), registry, feature -> KernelFeatures.probe(linux, feature));
    }

    private void remarkUnused(Isolation chosen, List<String> remarks) {
        options.isolatorOptions().stream()
                .filter(option -> !chosen.names().contains(option.isolator()))
                .forEach(option -> remarks.add("isolator option " + option.place() + " has no effect: the isolation is "
                        + String.join(",", chosen.names())));
    }

    private Containment make(CgroupRoot root, Isolation isolation, List<String> remarks) throws IOException {
        boolean usesCgroups = registry.usesCgroups(isolation);
        ContainerCgroups cgroups =
                new ContainerCgroups(new CgroupTree(linux, layout, CgroupPath.of(root.path())), "corral");
        PosixProcesses processes = new PosixProcesses(linux);
        Forker forker = new Forker(linux, poller, store, processes::end);
        Launcher launcher = usesCgroups ? new CgroupLauncher(forker, cgroups) : new PosixLauncher(linux, forker);
        IsolatorParts parts = new IsolatorParts(
                linux,
                poller,
                changes,
                timer,
                cgroups,
                processes,
                options.memoryFloor(),
                options.cpuPeriod(),
                this::written,
                events);
        List<Isolator> isolators = new ArrayList<>();
        if (usesCgroups) {
            isolators.add(new CgroupMembership(cgroups));
        }
        for (String name : isolation.names()) {
            isolators.add(registry.make(name, parts, options.isolatorOptions()));
        }
        if (!isolation.names().contains(PosixRlimits.NAME)) {
            isolators.add(new PosixRlimits(linux));
        }
        return new Containment(launcher, isolators, isolation.names(), usesCgroups ? root.path() : "", remarks);
    }

    private Optional<Resources> written(ContainerId id) {
        try {
            return store.find(id).map(Checkpoint::resources);
        } catch (IOException e) {
            LOG.debug("what container {} is to have cannot be read", id, e);
            return Optional.empty();
        }
    }
}
