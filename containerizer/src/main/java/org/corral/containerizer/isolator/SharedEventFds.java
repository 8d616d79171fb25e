package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.corral.cgroup.CgroupDir;
import org.corral.linux.Linux;
import org.corral.linux.event.Poller;
import org.jspecify.annotations.Nullable;

/** The groups of v1 memory cgroups that share eventfds: each is filled up before the next is begun. Thread-safe. */
final class SharedEventFds {

    private final Linux linux;
    private final Poller poller;
    private final LongSupplier nanoClock;
    private @Nullable EventFdGroup filling;

    /** Knows what was just now by a clock that {@link System#nanoTime} is an example of. */
    SharedEventFds(Linux linux, Poller poller, LongSupplier nanoClock) {
        this.linux = linux;
        this.poller = poller;
        this.nanoClock = nanoClock;
    }

    /** {@return a cgroup's place in a group} */
    synchronized MemoryNotifications join(CgroupDir memory) throws IOException {
        Optional<MemoryNotifications> seat = filling == null ? Optional.empty() : filling.join(memory);
        if (seat.isPresent()) {
            return seat.get();
        }
        filling = new EventFdGroup(linux, poller, nanoClock);
        return filling.join(memory).orElseThrow();
    }
}
