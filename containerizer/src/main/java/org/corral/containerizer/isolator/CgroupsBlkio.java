package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.corral.cgroup.controller.IoController;
import org.corral.cgroup.layout.Controller;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.IoLimits;
import org.corral.core.IoThrottle;
import org.corral.core.Resources;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.IoUsage;

/**
 * {@code cgroups/blkio}: a share of the block devices under contention, the most of each device, and what went to and from
 * them. What goes through the page cache is charged to who wrote it on v2 alone, and only where {@code memory} is on v2
 * as well; on v1 nobody is held back for it.
 */
public final class CgroupsBlkio extends ControllerIsolator {

    /** Makes it. */
    public CgroupsBlkio(ContainerCgroups cgroups) {
        super("cgroups/blkio", cgroups, Controller.IO);
    }

    @Override
    public void update(ContainerId id, Resources resources) throws IOException {
        IoController io = io(id);
        IoLimits wanted = resources.io();
        if (wanted.weight().isPresent()) {
            Outcomes.require(io.setWeight(wanted.weight().getAsInt()));
        }
        for (Map.Entry<DeviceNumber, IoThrottle> device : wanted.throttles().entrySet()) {
            Outcomes.require(io.setThrottle(device.getKey(), device.getValue()));
        }
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        Optional<IoUsage> io = io(id).usage();
        ContainerUsage usage = ContainerUsage.nothing(Instant.now());
        return io.map(usage::with)
                .orElseGet(() -> usage.without("io", "this kernel counts no block device operations by cgroup"));
    }

    private IoController io(ContainerId id) throws IOException {
        return IoController.of(files(id));
    }
}
