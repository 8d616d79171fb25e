package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.EventControl;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.layout.Controller;
import org.corral.core.Limitation;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.EventFd;
import org.corral.linux.event.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the notifications of a memory cgroup come from. On v1 eventfds that {@code cgroup.event_control} connects: one
 * for OOM, one for each level of pressure (admin-guide/cgroup-v1/memory.rst). On v2 nothing has to be waited for:
 * {@code memory.oom.group} makes the kernel itself end the whole cgroup.
 */
final class MemoryEventSource {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryEventSource.class);
    private static final String OOM = "memory.oom_control";
    private static final String PRESSURE = "memory.pressure_level";

    private final Linux linux;
    private final Poller poller;

    MemoryEventSource(Linux linux, Poller poller) {
        this.linux = linux;
        this.poller = poller;
    }

    /** {@return the notifications of a cgroup; when one comes, the limitation is asked for as {@link MemoryWatch#listen} says} */
    MemoryWatch watch(Cgroup cgroup, Supplier<Optional<Limitation>> limitation) throws IOException {
        Optional<CgroupDir> memory = cgroup.directory(Controller.MEMORY);
        if (memory.isEmpty()) {
            throw new IOException("controller memory is bound to no hierarchy: see 'corral info' for the reason");
        }
        if (memory.get().version() == CgroupVersion.V2) {
            MemoryController.of(memory.get()).setOomGroup(true);
            return new MemoryWatch(List.of());
        }
        EventControl control = new EventControl(linux, memory.get());
        List<Optional<EventFd>> levels = Stream.of("low", "medium", "critical")
                .map(level -> connect(control, level))
                .toList();
        MemoryWatch watch = new MemoryWatch(levels);
        try {
            watch.listen(poller, control.connect(OOM, ""), limitation);
            return watch;
        } catch (IOException e) {
            watch.close();
            throw e;
        }
    }

    /** Pressure is a hint: a kernel that does not report a level does not keep a container from running. */
    private static Optional<EventFd> connect(EventControl control, String level) {
        try {
            return Optional.of(control.connect(PRESSURE, level));
        } catch (ErrnoException e) {
            LOG.debug("no notifications of {} pressure: {}", level, e.getMessage());
            return Optional.empty();
        }
    }
}
