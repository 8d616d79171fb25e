package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.corral.cgroup.CgroupDir;
import org.corral.cgroup.PressureTriggers;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.controller.MemoryController;
import org.corral.linux.Linux;
import org.corral.linux.event.FileChanges;
import org.corral.linux.event.InotifyLimitException;
import org.corral.linux.event.Poller;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifications of v2: {@code memory.events} changes when the kernel has counted a kill, and pressure stall information
 * tells of pressure. {@code memory.oom.group} makes the kernel itself end the whole cgroup. Thread-safe. Kernel:
 * admin-guide/cgroup-v2.rst.
 */
final class MemoryEventsV2 {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryEventsV2.class);
    private static final String EVENTS = "memory.events";

    /** The kernel counts before it notifies, so one look finds what it notified of; the second what came during it. */
    private static final int LOOKS = 2;

    private final Linux linux;
    private final Poller poller;
    private final FileChanges changes;
    private final AtomicBoolean refusalTold = new AtomicBoolean();
    private final AtomicBoolean limitTold = new AtomicBoolean();

    MemoryEventsV2(Linux linux, Poller poller, FileChanges changes) {
        this.linux = linux;
        this.poller = poller;
        this.changes = changes;
    }

    MemoryWatch watch(CgroupDir memory, MemoryTeller teller) throws IOException {
        boolean endsAsAWhole = endAsAWhole(memory);
        OomLookout lookout = new OomLookout(LOOKS, OomLookout.LONGEST_PAUSE_MICROS, teller::lookIfTold);
        Optional<FileChanges.Watch> events = listen(memory, lookout, endsAsAWhole);
        lookout.begin();
        return new MemoryWatchV2(
                lookout, events, new PressureLevels(new PressureTriggers(linux, memory), poller, teller::pressed));
    }

    /** {@return whether the kernel ends the whole cgroup; before Linux 4.19 it does not} */
    private boolean endAsAWhole(CgroupDir memory) throws IOException {
        KnobOutcome outcome = MemoryController.of(memory).setOomGroup(true);
        if (outcome instanceof KnobOutcome.Refused refused && refusalTold.compareAndSet(false, true)) {
            LOG.warn("the kernel will not end containers as a whole, so Corral does: {}", refused.message());
        } else if (!outcome.isApplied()) {
            LOG.debug("{} does not end as a whole: {}", memory, outcome);
        }
        return outcome.isApplied();
    }

    /** Where the kernel ends the whole, its first process ends too, which is noticed: no container needs to fail here. */
    private Optional<FileChanges.Watch> listen(CgroupDir memory, OomLookout lookout, boolean endsAsAWhole)
            throws IOException {
        try {
            return Optional.of(memory.watch(changes, EVENTS, lookout::notified));
        } catch (InotifyLimitException e) {
            if (!endsAsAWhole) {
                throw e;
            }
            if (limitTold.compareAndSet(false, true)) {
                LOG.warn("OOM kills are noticed at the end of a container's first process alone: {}", e.getMessage());
            }
            return Optional.empty();
        }
    }
}
