package org.corral.containerizer;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.InternalProcesses;
import org.corral.cgroup.layout.CgroupLayout;
import org.corral.cgroup.layout.CgroupRoot;
import org.corral.cgroup.layout.DelegatedControllers;
import org.corral.cgroup.layout.LayoutDiscovery;
import org.corral.cgroup.layout.RootSelection;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.containerizer.count.EventCounts;
import org.corral.containerizer.event.EventBroadcast;
import org.corral.containerizer.event.EventBus;
import org.corral.containerizer.event.EventLog;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorProviderException;
import org.corral.containerizer.isolator.IsolatorRegistry;
import org.corral.containerizer.isolator.PollTimer;
import org.corral.containerizer.jfr.OomKillRecorder;
import org.corral.containerizer.lifecycle.Containment;
import org.corral.containerizer.lifecycle.CorralContainerizer;
import org.corral.containerizer.lifecycle.ForeignContainer;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.RootLockedException;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.NestedContainerException;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.ContainerEvents;
import org.corral.linux.Linux;
import org.corral.linux.event.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An agent's containers on this host: finds out what the host offers, and wires what runs on it.
 *
 * <pre>{@code
 * try (Corral corral = Corral.open(Linux.ofThisHost(), CorralOptions.defaults(Path.of("/run/corral")))) {
 *     Containerizer containers = corral.containerizer();
 *     containers.launch(ContainerId.of("web-1"), LaunchRequest.builder(List.of("/bin/true")).build());
 * }
 * }</pre>
 *
 * <p>Thread-safe. Closing it ends no container: another agent, or this one after a restart, finds them again.
 * Those that end after that wait as zombies for as long as this process lives, whose children they are.
 */
public final class Corral implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Corral.class);

    private final Linux linux;
    private final CgroupLayout layout;
    private final CgroupRoot root;
    private final StateStore store;
    private final Poller poller;
    private final EventBus events = new EventBus();
    private final EventBroadcast broadcast;
    private final EventCounts counts = new EventCounts();
    private final PollTimer timer = new PollTimer();
    private final ExecutorService workers;
    private final ContainmentFactory factory;
    private final Containment containment;
    private final CorralContainerizer containerizer;
    private final Vitals vitals;

    private Corral(Linux linux, CorralOptions options, CgroupLayout whole, IsolatorRegistry registry, Poller poller)
            throws IOException {
        this.linux = linux;
        this.poller = poller;
        this.root = RootSelection.select(options.root(), whole, linux);
        this.layout = DelegatedControllers.restrict(whole, root);
        this.store = new StateStore(options.runtimeDirectory().resolve(folderOf(root)));
        this.workers = Workers.start();
        this.broadcast = new EventBroadcast(linux, store.listenersDirectory(), events);
        Consumer<ContainerEvent> told = new EventLog()
                .andThen(counts)
                .andThen(new OomKillRecorder())
                .andThen(new HangWatch(timer, this::warnOfHanging))
                .andThen(events);
        this.factory = new ContainmentFactory(linux, poller, timer, store, layout, registry, options, told);
        this.containment = factory.choose(root, options.isolation());
        this.containerizer = new CorralContainerizer(
                linux, containment, names -> factory.choose(root, new Isolation(names)), store, workers, told);
        this.vitals = new Vitals(containerizer, counts, events, poller, linux.descriptors());
        if (options.exclusive()) {
            lockOrClose();
        }
    }

    private void warnOfHanging() {
        containerizer.warnOfHanging();
    }

    private void lockOrClose() throws IOException {
        try {
            store.lock();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Opens this host. Makes nothing on it but descriptors and, for an exclusive agent, the lock in the runtime directory.
     *
     * @throws IllegalArgumentException naming an option that cannot be used, an isolator that there is not among others
     * @throws IsolatorProviderException if an isolator of somebody else's is broken
     * @throws RootLockedException if another exclusive agent has that root and runtime directory
     * @throws IOException if the isolation that was asked for by name is not to be had; the message says why
     */
    public static Corral open(Linux linux, CorralOptions options) throws IOException {
        IsolatorRegistry registry = registryFor(options);
        return open(linux, options, LayoutDiscovery.discover(linux), registry);
    }

    /**
     * Opens this host as {@link #open(Linux, CorralOptions)}, with a layout that was found before.
     *
     * @param layout the host's, or its bindings of some controllers alone ({@link CgroupLayout#only}): containers have no cgroups in
     *     the other hierarchies, each of which costs a launch some time. All agents of a root must agree on it
     */
    public static Corral open(Linux linux, CorralOptions options, CgroupLayout layout) throws IOException {
        return open(linux, options, layout, registryFor(options));
    }

    /** Before the host is looked at, so that what is wrong in the options is told whatever host this is. */
    private static IsolatorRegistry registryFor(CorralOptions options) throws IsolatorProviderException {
        IsolatorRegistry registry = IsolatorRegistry.load();
        registry.require(options.isolation(), options.isolatorOptions());
        return registry;
    }

    private static Corral open(Linux linux, CorralOptions options, CgroupLayout layout, IsolatorRegistry registry)
            throws IOException {
        Poller poller = Poller.start(linux);
        try {
            return new Corral(linux, options, layout, registry, poller);
        } catch (IOException | RuntimeException e) {
            poller.close();
            throw e;
        }
    }

    private static String folderOf(CgroupRoot root) {
        return root.path().substring(1).replace('/', '+');
    }

    /** {@return the containerizer of this agent} */
    public Containerizer containerizer() {
        return containerizer;
    }

    /** {@return where to listen to what happens to this agent's containers} */
    public ContainerEvents events() {
        return events;
    }

    /** {@return what this agent counts of itself, which can be read still when it is closed} */
    public Vitals vitals() {
        return vitals;
    }

    /**
     * Listens to what happens to the containers of all agents with this root, from now on.
     *
     * @return the listening, to be closed
     * @throws IOException if the runtime directory cannot be written to
     */
    public ForeignEvents listen() throws IOException {
        return ForeignEvents.of(linux, store);
    }

    /** {@return the host's hierarchies, with the bindings of the controllers that reach the root} */
    public CgroupLayout layout() {
        return layout;
    }

    /** {@return the cgroup that containers are made in, and what there is to say of it} */
    public CgroupRoot root() {
        return root;
    }

    /** {@return how containers are made and limited here} */
    public Containment containment() {
        return containment;
    }

    /** {@return the isolators there are, Corral's own first, and whether each can work here} */
    public List<OfferedIsolator> isolators() {
        return factory.offered(root);
    }

    /**
     * {@return processes that keep a v2 cgroup above the containers from giving them controllers, this one perhaps}
     *
     * <p>Of this process alone it takes care itself with the first launch. Empty too where no cgroups are used.
     *
     * @throws IOException if the cgroups cannot be looked at
     */
    public Optional<InternalProcesses> internalProcesses() throws IOException {
        return containment.root().isEmpty()
                ? Optional.empty()
                : new CgroupTree(linux, layout, CgroupPath.of(root.path())).internalProcesses();
    }

    /** {@return the containers of all agents with this root, as they were written down} */
    public List<Checkpoint> list() throws IOException {
        return store.list();
    }

    /**
     * {@return a container of any agent with this root, to look at and steer; empty if there is none of that name}
     *
     * @throws NestedContainerException for a nested one
     * @throws IOException if it cannot be attached to
     */
    public Optional<ForeignContainer> attach(ContainerId id) throws IOException {
        if (id.parent().isPresent()) {
            throw new NestedContainerException(id);
        }
        Optional<Checkpoint> checkpoint = store.find(id);
        if (checkpoint.isEmpty()) {
            return Optional.empty();
        }
        Containment same = factory.choose(root, new Isolation(checkpoint.get().isolation()));
        return Optional.of(new ForeignContainer(linux, same, store, checkpoint.get()));
    }

    /**
     * {@return a sampler of what containers of all agents with this root use, to be closed; none is sampled yet}
     *
     * @param columns what is wanted: files that have none of these are not read
     */
    public ContainerSampler sampler(Set<UsageColumn> columns) {
        return new ContainerSampler(new CgroupTree(linux, layout, CgroupPath.of(root.path())), store, columns);
    }

    @Override
    public void close() {
        workers.shutdown();
        containerizer.close();
        timer.close();
        poller.close();
        broadcast.close();
        events.close();
        try {
            store.unlock();
        } catch (IOException e) {
            LOG.warn("the lock of root {} is kept until this process ends", root.path(), e);
        }
    }
}
