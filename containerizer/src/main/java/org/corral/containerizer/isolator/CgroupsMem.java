package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.event.ContainerEvent;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.LimitChange;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.isolator.ResourceUpdate;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.Linux;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.Poller;

/**
 * {@code cgroups/mem}: a hard limit, at which the kernel kills, and a soft one. The kernel's killer stays on: one in user
 * space deadlocked with the kernel (MESOS-662). Swappiness is never touched.
 *
 * <p>A running container's hard limit is only raised, unless an update chooses otherwise ({@link org.corral.core.MemoryLowering}); lowered,
 * the soft one alone moves, because a hard limit below the use kills at once. The limit of memory and swap together, if one is asked
 * for, is never below it. The whole container ends when the kernel kills one of its processes.
 */
public final class CgroupsMem implements Isolator {

    static final String NAME = "cgroups/mem";

    /** The key that an operator sets the thresholds by. */
    static final String THRESHOLDS = "thresholds";

    /** How long an update takes memory back before it gives up. */
    private static final Duration RECLAIMING = Duration.ofSeconds(10);

    private final ContainerCgroups cgroups;
    private final MemoryEventSource events;
    private final DataSize floor;
    private final Consumer<? super ContainerEvent> told;
    private final UsageThresholds thresholds;
    private final LongSupplier nanoClock;
    private final Map<ContainerId, Notified> notified = new ConcurrentHashMap<>();

    /**
     * Makes it.
     *
     * @param poller waits for the kernel's notifications
     * @param changes tells of those that come by files
     * @param floor the least that a limit is set to
     * @param told of kills, of pressure and of thresholds
     * @param options {@code thresholds} of the use, as {@code 80%,1G}, on v1
     * @throws IllegalArgumentException naming the option that cannot be used, and the remedy
     */
    public CgroupsMem(
            Linux linux,
            Poller poller,
            FileChanges changes,
            ContainerCgroups cgroups,
            DataSize floor,
            Consumer<? super ContainerEvent> told,
            Map<String, String> options) {
        this(linux, poller, changes, cgroups, floor, told, options, System::nanoTime);
    }

    /** The same, by a clock that {@link System#nanoTime} is an example of. */
    CgroupsMem(
            Linux linux,
            Poller poller,
            FileChanges changes,
            ContainerCgroups cgroups,
            DataSize floor,
            Consumer<? super ContainerEvent> told,
            Map<String, String> options,
            LongSupplier nanoClock) {
        this.cgroups = cgroups;
        this.events = new MemoryEventSource(linux, poller, changes, nanoClock);
        this.floor = floor;
        this.told = told;
        this.thresholds =
                options.containsKey(THRESHOLDS) ? thresholds(options.get(THRESHOLDS), cgroups) : UsageThresholds.NONE;
        this.nanoClock = nanoClock;
    }

    private static UsageThresholds thresholds(String text, ContainerCgroups cgroups) {
        String place = "isolator option " + NAME + ":" + THRESHOLDS + ": ";
        if (cgroups.version(Controller.MEMORY).equals(Optional.of(CgroupVersion.V2))) {
            throw new IllegalArgumentException(place + "the memory controller is on v2 here, which notifies of no"
                    + " thresholds: leave it out, and listen to memory pressure");
        }
        try {
            return UsageThresholds.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(place + e.getMessage(), e);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void recover(RecoveredContainer container) throws IOException {
        if (cgroups.find(container.id()).isPresent()) {
            listen(container.id());
            arm(container.id());
        }
    }

    private void listen(ContainerId id) throws IOException {
        Cgroup cgroup = cgroups.get(id);
        MemoryController memory = memory(id);
        MemoryTeller teller = new MemoryTeller(id, memory, told, nanoClock);
        Optional<LongFunction<Threshold>> maker = thresholds.isNone()
                ? Optional.empty()
                : Optional.of(bytes -> new Threshold(id, bytes, memory, told, nanoClock));
        MemoryEventSource.Listening listening = events.listen(cgroup, teller, maker);
        notified.put(id, new Notified(teller, listening.watch(), listening.thresholds()));
    }

    /** The limit may be another by now. */
    private void arm(ContainerId id) throws IOException {
        Notified known = notified.get(id);
        if (known != null && known.thresholds.isPresent()) {
            known.thresholds.get().arm(thresholds.bytes(memory(id).hardLimit().orElse(Limit.NONE)));
        }
    }

    /** Listens before it limits, so that no event is missed. */
    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        listen(id);
        PlannedLimits.launch(cgroups, id, plan -> limits(request.resources()).fill(plan));
        arm(id);
        return Contribution.NONE;
    }

    @Override
    public void update(ContainerId id, Resources resources) throws IOException {
        plan(id, ResourceUpdate.to(resources)).apply();
    }

    @Override
    public LimitChange plan(ContainerId id, ResourceUpdate update) throws IOException {
        ControlFiles files = Bound.files(cgroups.get(id), Controller.MEMORY);
        MemoryChange.Place place = new MemoryChange.Place(cgroups.limits(id), files, RECLAIMING);
        return new ArmedChange(new MemoryChange(place, limits(update.wanted()), update.memory()), () -> arm(id));
    }

    private WantedMemory limits(Resources wanted) {
        return WantedMemory.of(wanted, floor);
    }

    @Override
    public CompletionStage<Limitation> watch(ContainerId id) {
        Notified known = notified.get(id);
        return known == null ? new CompletableFuture<>() : known.watch.limited();
    }

    @Override
    public Optional<Limitation> limitation(ContainerId id) throws IOException {
        Notified known = notified.get(id);
        return known == null ? Optional.empty() : known.teller.look();
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        ContainerUsage usage =
                ContainerUsage.nothing(Instant.now()).with(memory(id).usage());
        Notified known = notified.get(id);
        return known == null ? usage : usage.with(known.watch.pressure());
    }

    private MemoryController memory(ContainerId id) throws IOException {
        return MemoryController.of(Bound.files(cgroups.get(id), Controller.MEMORY));
    }

    /** The cgroup is not this isolator's. */
    @Override
    public void cleanup(ContainerId id) {
        release(id);
    }

    /** Ends the notifications. */
    @Override
    public void release(ContainerId id) {
        Notified known = notified.remove(id);
        if (known != null) {
            known.close();
        }
    }

    /** How a container's notifications come, and where they go. */
    private record Notified(MemoryTeller teller, MemoryWatch watch, Optional<ThresholdWatch> thresholds) {

        void close() {
            thresholds.ifPresent(ThresholdWatch::close);
            watch.close();
        }
    }
}
