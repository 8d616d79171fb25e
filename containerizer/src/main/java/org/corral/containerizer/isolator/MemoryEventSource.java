package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.function.LongFunction;
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
    private final MemoryEventsV2 unified;

    MemoryEventSource(Linux linux, Poller poller, FileChanges changes) {
        this.linux = linux;
        this.poller = poller;
        this.unified = new MemoryEventsV2(linux, poller, changes);
    }

    /**
     * {@return the notifications of a cgroup}
     *
     * @param teller told of them on several threads, at once and later
     */
    MemoryWatch watch(Cgroup cgroup, MemoryTeller teller) throws IOException {
        CgroupDir memory = directory(cgroup);
        return memory.version() == CgroupVersion.V2
                ? unified.watch(memory, teller)
                : MemoryWatchV1.start(poller, new EventControl(linux, memory), teller);
    }

    /** {@return the thresholds of a v1 cgroup, none yet; v2 has no notification of them} */
    ThresholdWatch thresholds(Cgroup cgroup, LongFunction<Threshold> maker) throws IOException {
        return new ThresholdWatch(poller, new EventControl(linux, directory(cgroup)), maker);
    }

    private static CgroupDir directory(Cgroup cgroup) throws IOException {
        return cgroup.directory(Controller.MEMORY)
                .orElseThrow(() -> new IOException(
                        "controller memory is bound to no hierarchy: see 'corral info' for the reason"));
    }
}
