package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.PidsController;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.limit.LimitPlan;
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
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.event.FileChanges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code cgroups/pids}: how many processes and threads there may be; beyond it {@code fork} fails with EAGAIN, which ends
 * no container and is told as an event. v2 notifies of it; v1 counts only, so there it is noticed when the use is read and
 * at the end.
 */
public final class CgroupsPids implements Isolator {

    private static final Logger LOG = LoggerFactory.getLogger(CgroupsPids.class);
    private static final String EVENTS = "pids.events";

    private final ContainerCgroups cgroups;
    private final FileChanges changes;
    private final Consumer<? super ContainerEvent> told;
    private final Map<ContainerId, Notified> notified = new ConcurrentHashMap<>();

    /**
     * Makes it.
     *
     * @param changes tells where v2 has counted a fork that failed
     * @param told of such forks
     */
    public CgroupsPids(ContainerCgroups cgroups, FileChanges changes, Consumer<? super ContainerEvent> told) {
        this.cgroups = cgroups;
        this.changes = changes;
        this.told = told;
    }

    @Override
    public String name() {
        return "cgroups/pids";
    }

    @Override
    public void recover(RecoveredContainer container) throws IOException {
        if (cgroups.find(container.id()).isPresent()) {
            listen(container.id());
        }
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        PlannedLimits.launch(cgroups, id, plan -> fill(plan, request.resources()));
        listen(id);
        return Contribution.NONE;
    }

    private void listen(ContainerId id) throws IOException {
        PidsTeller teller = new PidsTeller(id, pids(id), told);
        Optional<CgroupDir> directory =
                cgroups.get(id).directory(Controller.PIDS).filter(pids -> pids.version() == CgroupVersion.V2);
        notified.put(id, new Notified(teller, directory.flatMap(pids -> watch(pids, teller))));
    }

    /** That forks fail is seen by the container itself, so that it cannot be told keeps it from nothing. */
    private Optional<FileChanges.Watch> watch(CgroupDir directory, PidsTeller teller) {
        try {
            return Optional.of(directory.watch(changes, EVENTS, teller::changed));
        } catch (IOException e) {
            LOG.debug("that forks fail is noticed late: {}", e.getMessage());
            return Optional.empty();
        }
    }

    @Override
    public void update(ContainerId id, Resources resources) throws IOException {
        plan(id, ResourceUpdate.to(resources)).apply();
    }

    @Override
    public LimitChange plan(ContainerId id, ResourceUpdate update) throws IOException {
        return PlannedLimits.of(cgroups, id, plan -> fill(plan, update.wanted()));
    }

    private static void fill(LimitPlan plan, Resources wanted) {
        wanted.pids().ifPresent(most -> plan.pids(Limit.of(most)));
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        ContainerUsage usage = ContainerUsage.nothing(Instant.now()).with(pids(id).usage());
        look(id);
        return usage;
    }

    /** It ends no container; what was not told yet is told now. */
    @Override
    public Optional<Limitation> limitation(ContainerId id) throws IOException {
        look(id);
        return Optional.empty();
    }

    private void look(ContainerId id) throws IOException {
        Notified known = notified.get(id);
        if (known != null) {
            known.teller.look();
        }
    }

    private PidsController pids(ContainerId id) throws IOException {
        return PidsController.of(Bound.files(cgroups.get(id), Controller.PIDS));
    }

    /** Nothing is left but the cgroup, which is not this isolator's. */
    @Override
    public void cleanup(ContainerId id) {
        release(id);
    }

    /** Ends the notifications. */
    @Override
    public void release(ContainerId id) {
        Notified known = notified.remove(id);
        if (known != null) {
            known.watch.ifPresent(FileChanges.Watch::cancel);
        }
    }

    /** Who tells, and what wakes it, if anything does. */
    private record Notified(PidsTeller teller, Optional<FileChanges.Watch> watch) {}
}
