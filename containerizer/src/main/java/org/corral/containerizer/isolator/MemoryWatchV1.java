package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.corral.cgroup.EventControl;
import org.corral.core.Limitation;
import org.corral.core.usage.PressureUsage;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.EventFd;
import org.corral.linux.event.Poller;
import org.jspecify.annotations.Nullable;

/**
 * On v1 eventfds that {@code cgroup.event_control} connects: one for OOM, one for each level of pressure. Kernel:
 * admin-guide/cgroup-v1/memory.rst. Thread-safe.
 */
final class MemoryWatchV1 implements MemoryWatch {

    private static final String OOM = "memory.oom_control";

    /**
     * The kernel notifies before it kills, and not only for this cgroup but also for those above it. So what it has not
     * counted at once is looked for again for a second, soon at first, and then the next notification waited for.
     */
    private static final int LOOKS = 34;

    private static final int FIRST_PAUSE_MICROS = 1000;

    private final PressureLevelsV1 levels;
    private final OomLookout lookout;
    private Poller.@Nullable Watch oom;

    MemoryWatchV1(PressureLevelsV1 levels, OomLookout.Look look) {
        this.levels = levels;
        this.lookout = new OomLookout(LOOKS, FIRST_PAUSE_MICROS, look);
    }

    /** {@return the watch of a cgroup} */
    static MemoryWatchV1 start(Poller poller, EventControl control, MemoryTeller teller) throws IOException {
        PressureLevelsV1 levels = new PressureLevelsV1(poller, teller::pressed).listen(control);
        MemoryWatchV1 watch = new MemoryWatchV1(levels, teller::lookIfTold);
        try {
            watch.listen(poller, control.connect(OOM, ""));
            return watch;
        } catch (IOException e) {
            watch.close();
            throw e;
        }
    }

    /** Waits for the kernel's killer; the descriptor is the poller's from now on. */
    synchronized void listen(Poller poller, EventFd notification) throws ErrnoException {
        oom = notification.watch(poller, count -> lookout.notified());
        lookout.begin();
    }

    @Override
    public CompletableFuture<Limitation> limited() {
        return lookout.limited();
    }

    @Override
    public PressureUsage pressure() {
        return levels.usage();
    }

    @Override
    public synchronized void close() {
        if (oom != null) {
            oom.cancel();
        }
        levels.close();
    }
}
