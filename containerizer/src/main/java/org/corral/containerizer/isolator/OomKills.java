package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.controller.MemoryEvents;
import org.corral.core.ContainerId;
import org.corral.core.Limitation;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.OomCause;
import org.corral.core.usage.MemoryUsage;

/**
 * That the kernel has killed processes of a container because memory ran out. Immutable.
 *
 * @param cause whose memory ran out
 * @param killed how many processes until now, 1 or more
 * @param usage the use right after
 * @param stat {@code memory.stat} right after
 */
record OomKills(OomCause cause, long killed, MemoryUsage usage, Map<String, Long> stat) {

    /** {@return what the kernel counted, empty if it has killed nothing} That is all it is asked then. */
    static Optional<OomKills> find(MemoryController memory) throws IOException {
        MemoryEvents events = memory.events();
        long killed = events.oomKill().orElse(0);
        if (killed == 0) {
            return Optional.empty();
        }
        MemoryUsage usage = memory.usage();
        return Optional.of(new OomKills(causeOf(events, usage), killed, usage, memory.stat()));
    }

    /** v2 counts in {@code oom} when it was this very limit or one below; v1 tells only if this one was never reached. */
    private static OomCause causeOf(MemoryEvents events, MemoryUsage usage) {
        OptionalLong reached = events.oom().isPresent() ? events.oom() : events.max();
        if (reached.isEmpty()) {
            return OomCause.UNKNOWN;
        }
        boolean isOwn = reached.getAsLong() > 0 || (events.oom().isEmpty() && peakIsTheLimit(usage));
        return isOwn ? OomCause.OWN_LIMIT : OomCause.ANCESTOR_OR_HOST;
    }

    /** Where the limit of memory and swap together is the same, v1 counts its being reached nowhere (Linux 6.18). */
    private static boolean peakIsTheLimit(MemoryUsage usage) {
        return usage.limitBytes().isPresent()
                && usage.peakBytes().orElse(0) >= usage.limitBytes().getAsLong();
    }

    /** {@return the container's limit, which ends it; empty if it has none} */
    Optional<Limitation> limitation() {
        return usage.limitBytes().isEmpty()
                ? Optional.empty()
                : Optional.of(new Limitation("mem", usage.limitBytes(), usage.peakBytes(), message(), stat));
    }

    private String message() {
        String limit = "memory limit of " + HumanSize.of(usage.limitBytes());
        String cause = this.cause == OomCause.ANCESTOR_OR_HOST
                ? limit + " not reached, but another above it or the host's memory"
                : limit + " reached";
        return cause + ": peak " + HumanSize.of(usage.peakBytes()) + ", " + killed
                + " process(es) killed by the kernel";
    }

    ContainerEvent event(ContainerId id) {
        return new ContainerEvent.OomKilled(id, Instant.now(), cause, killed, usage.limitBytes(), usage.peakBytes());
    }
}
