package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.EventControl;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.linux.Linux;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.Poller;

/** Where the notifications of a memory cgroup come from: each version has its own ways. Thread-safe. */
final class MemoryEventSource {

    private final Linux linux;
    private final Poller poller;
    private final SharedEventFds shared;
    private final MemoryEventsV2 unified;

    MemoryEventSource(Linux linux, Poller poller, FileChanges changes, LongSupplier nanoClock) {
        this.linux = linux;
        this.poller = poller;
        this.shared = new SharedEventFds(linux, poller, nanoClock);
        this.unified = new MemoryEventsV2(linux, poller, changes);
    }

    /**
     * {@return the notifications of a cgroup}
     *
     * @param teller told of them on several threads, at once and later
     * @param thresholds tells of those of a v1 cgroup, none yet; v2 has no notification of them
     */
    Listening listen(Cgroup cgroup, MemoryTeller teller, Optional<LongFunction<Threshold>> thresholds)
            throws IOException {
        CgroupDir memory = directory(cgroup);
        linux.descriptors().makeRoom();
        if (memory.version() == CgroupVersion.V2) {
            return new Listening(unified.watch(memory, teller), Optional.empty());
        }
        MemoryNotifications notifications = notifications(memory);
        return new Listening(
                MemoryWatchV1.start(notifications, teller),
                thresholds.map(maker -> new ThresholdWatch(notifications, maker)));
    }

    private MemoryNotifications notifications(CgroupDir memory) throws IOException {
        return linux.descriptors().isScarce()
                ? shared.join(memory)
                : new OwnEventFds(poller, new EventControl(linux, memory));
    }

    private static CgroupDir directory(Cgroup cgroup) throws IOException {
        return cgroup.directory(Controller.MEMORY)
                .orElseThrow(() -> new IOException(
                        "controller memory is bound to no hierarchy: see 'corral info' for the reason"));
    }

    /** What there is to listen to. */
    record Listening(MemoryWatch watch, Optional<ThresholdWatch> thresholds) {}
}
