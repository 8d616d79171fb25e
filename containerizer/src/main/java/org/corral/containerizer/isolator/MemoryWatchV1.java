package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.corral.core.Limitation;
import org.corral.core.usage.PressureUsage;
import org.corral.linux.errno.ErrnoException;

/** On v1 what eventfds tell of OOM and of pressure. Kernel: admin-guide/cgroup-v1/memory.rst. Thread-safe. */
final class MemoryWatchV1 implements MemoryWatch {

    /**
     * The kernel notifies before it kills, and not only for this cgroup but also for those above it. So what it has not
     * counted at once is looked for again for a second, soon at first, and then the next notification waited for.
     */
    private static final int LOOKS = 34;

    private static final int FIRST_PAUSE_MICROS = 1000;

    private final MemoryNotifications notifications;
    private final PressureLevelsV1 levels;
    private final OomLookout lookout;

    MemoryWatchV1(MemoryNotifications notifications, PressureLevelsV1 levels, OomLookout.Look look) {
        this.notifications = notifications;
        this.levels = levels;
        this.lookout = new OomLookout(LOOKS, FIRST_PAUSE_MICROS, look);
    }

    /** {@return the watch of a cgroup, whose notifications end with it; also if this fails} */
    static MemoryWatchV1 start(MemoryNotifications notifications, MemoryTeller teller) throws IOException {
        try {
            PressureLevelsV1 levels = new PressureLevelsV1(teller::pressed).listen(notifications);
            MemoryWatchV1 watch = new MemoryWatchV1(notifications, levels, teller::lookIfTold);
            watch.listen();
            return watch;
        } catch (IOException | RuntimeException e) {
            notifications.close();
            throw e;
        }
    }

    /** Waits for the kernel's killer. */
    void listen() throws ErrnoException {
        notifications.listen(MemoryNotice.OOM, times -> lookout.notified());
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
    public void close() {
        notifications.close();
    }
}
