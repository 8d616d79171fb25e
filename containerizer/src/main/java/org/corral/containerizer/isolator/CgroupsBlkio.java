package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.controller.IoController;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.limit.PlannedFiles;
import org.corral.containerizer.cgroups.ContainerCgroups;
import org.corral.core.ContainerId;
import org.corral.core.IoLimits;
import org.corral.core.IoThrottle;
import org.corral.core.Resources;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.usage.ContainerUsage;
import org.corral.core.usage.IoUsage;
import org.corral.linux.errno.Errno;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code cgroups/blkio}: a share of the block devices under contention, the most of each device, and what went to and from
 * them. What goes through the page cache is charged to who wrote it on v2 alone, and only where {@code memory} is on v2
 * as well; on v1 nobody is held back for it.
 *
 * <p>A disk may be unplugged while a container has a rate for it. Its rate is gone with it, and no reason to refuse a later
 * update of something else; one that never took a rate is refused.
 */
public final class CgroupsBlkio extends ControllerIsolator {

    private static final Logger LOG = LoggerFactory.getLogger(CgroupsBlkio.class);

    /** Of each disk that a container has had a rate for, whether it was there when that was last looked at. */
    private final Map<ContainerId, Map<DeviceNumber, Boolean>> disks = new ConcurrentHashMap<>();

    /** Makes it. */
    public CgroupsBlkio(ContainerCgroups cgroups) {
        super("cgroups/blkio", cgroups, Controller.IO);
    }

    @Override
    public void recover(RecoveredContainer container) {
        container.resources().io().throttles().keySet().forEach(disk -> note(container.id(), disk, true));
    }

    /** {@return whether it was there before, empty if nothing was known of it} */
    private Optional<Boolean> note(ContainerId id, DeviceNumber disk, boolean isThere) {
        return Optional.ofNullable(
                disks.computeIfAbsent(id, made -> new HashMap<>()).put(disk, isThere));
    }

    @Override
    void limit(ContainerId id, ControlFiles files, Resources resources) throws IOException {
        IoController io = IoController.of(files);
        IoLimits wanted = resources.io();
        if (wanted.weight().isPresent()) {
            Outcomes.require(io.setWeight(wanted.weight().getAsInt()));
        }
        for (Map.Entry<DeviceNumber, IoThrottle> device : wanted.throttles().entrySet()) {
            List<KnobOutcome> outcomes = io.setThrottle(device.getKey(), device.getValue());
            if (!(files instanceof PlannedFiles)) { // what is only planned tells nothing about the disk
                setThrottle(id, device.getKey(), outcomes);
            }
        }
    }

    private void setThrottle(ContainerId id, DeviceNumber disk, List<KnobOutcome> outcomes) throws IOException {
        boolean refused = outcomes.stream().anyMatch(outcome -> outcome.isRefusedWith(Errno.ENODEV));
        if (!refused || !hasHadRate(id, disk)) {
            Outcomes.require(outcomes);
        }
        Optional<Boolean> before = note(id, disk, !refused);
        if (refused && before.equals(Optional.of(true))) {
            LOG.warn("disk {} is gone, and with it the rate that container {} had for it", disk, id);
        }
    }

    private boolean hasHadRate(ContainerId id, DeviceNumber disk) {
        return disks.getOrDefault(id, Map.of()).containsKey(disk);
    }

    @Override
    public void cleanup(ContainerId id) {
        release(id);
    }

    @Override
    public void release(ContainerId id) {
        disks.remove(id);
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
