package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.controller.ClassId;
import org.corral.cgroup.controller.ControlFileFormatException;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.controller.NetClsController;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.usage.ContainerUsage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code cgroups/net_cls}: gives the packets of each container a class of their own, for traffic control and firewalls to
 * match. Without a primary handle the operator gives no classes out, and containers are members of the cgroup alone.
 *
 * <p>What the kernel holds is the truth: before the first class is given out, those that containers of other agents with
 * the same root have by then are noted, and each recovered container keeps what it has.
 */
public final class CgroupsNetCls implements Isolator {

    static final String NAME = "cgroups/net_cls";

    private static final Logger LOG = LoggerFactory.getLogger(CgroupsNetCls.class);

    private final ContainerCgroups cgroups;
    private final Optional<NetClsHandles> handles;
    private final Map<ContainerId, ClassId> given = new ConcurrentHashMap<>();
    private boolean lookedAround;

    /**
     * Makes it.
     *
     * @param options {@code primary}, {@code secondary}, {@code reserved}: see {@code docs/isolators.md}
     * @throws IllegalArgumentException naming the option that cannot be used, and the remedy
     */
    public CgroupsNetCls(ContainerCgroups cgroups, Map<String, String> options) {
        this.cgroups = cgroups;
        this.handles = options.isEmpty() ? Optional.empty() : Optional.of(NetClsHandles.of(options));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void recover(RecoveredContainer container) throws IOException {
        Optional<Cgroup> cgroup = cgroups.find(container.id());
        Optional<ControlFiles> files = cgroup.flatMap(there -> there.files(Controller.NET_CLS));
        if (files.isPresent()) {
            NetClsController.of(files.get()).classId().ifPresent(handle -> keep(container.id(), handle));
        }
    }

    private void keep(ContainerId id, ClassId handle) {
        given.put(id, handle);
        handles.ifPresent(pool -> pool.note(handle));
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        ControlFiles files = Bound.files(cgroups.get(id), Controller.NET_CLS);
        if (handles.isPresent()) {
            lookAround(handles.get());
            ClassId handle = handles.get().take();
            given.put(id, handle);
            Outcomes.require(NetClsController.of(files).setClassId(handle));
        }
        return Contribution.NONE;
    }

    /** Once: to do so before each launch would take the longer the more containers there are. */
    private synchronized void lookAround(NetClsHandles pool) throws IOException {
        if (!lookedAround) {
            cgroups.forEach(Controller.NET_CLS, files -> note(pool, files));
            lookedAround = true;
        }
    }

    /** What is in a cgroup of somebody else's may be no class at all; then it is none of ours either. */
    private static void note(NetClsHandles pool, ControlFiles files) throws IOException {
        try {
            NetClsController.of(files).classId().ifPresent(pool::note);
        } catch (ControlFileFormatException e) {
            LOG.debug("{} is passed over", files, e);
        }
    }

    @Override
    public Map<String, String> status(ContainerId id) {
        ClassId handle = given.get(id);
        return handle == null ? Map.of() : Map.of("net_cls.classid", handle.toString());
    }

    @Override
    public ContainerUsage usage(ContainerId id) {
        return ContainerUsage.nothing(Instant.now());
    }

    /** The class may be given to another: the processes are gone, and the cgroup goes next. */
    @Override
    public void cleanup(ContainerId id) {
        ClassId handle = given.remove(id);
        if (handle != null) {
            handles.ifPresent(pool -> pool.giveBack(handle));
        }
    }

    @Override
    public void release(ContainerId id) {
        given.remove(id);
    }
}
