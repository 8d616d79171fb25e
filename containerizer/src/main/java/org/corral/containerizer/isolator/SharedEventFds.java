package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.Optional;
import org.corral.cgroup.CgroupDir;
import org.corral.linux.Linux;
import org.corral.linux.event.Poller;
import org.jspecify.annotations.Nullable;

/** The groups of v1 memory cgroups that share eventfds: each is filled up before the next is begun. Thread-safe. */
final class SharedEventFds {

    private final Linux linux;
    private final Poller poller;
    private @Nullable EventFdGroup filling;

    SharedEventFds(Linux linux, Poller poller) {
        this.linux = linux;
        this.poller = poller;
    }

    /** {@return a cgroup's place in a group} */
    synchronized MemoryNotifications join(CgroupDir memory) throws IOException {
        Optional<MemoryNotifications> seat = filling == null ? Optional.empty() : filling.join(memory);
        if (seat.isPresent()) {
            return seat.get();
        }
        filling = new EventFdGroup(linux, poller);
        return filling.join(memory).orElseThrow();
    }
}
