package org.corral.containerizer.isolator;

import static org.corral.linux.raw.Constants.EPOLLIN;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.corral.cgroup.EventControl;
import org.corral.core.Limitation;
import org.corral.core.usage.PressureUsage;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.EventFd;
import org.corral.linux.event.Poller;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On v1 eventfds that {@code cgroup.event_control} connects: one for OOM, one for each level of pressure. Kernel:
 * admin-guide/cgroup-v1/memory.rst. Thread-safe.
 */
final class MemoryWatchV1 implements MemoryWatch {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryWatchV1.class);
    private static final String OOM = "memory.oom_control";
    private static final String PRESSURE = "memory.pressure_level";

    /**
     * The kernel notifies before it kills, and not only for this cgroup but also for those above it. So what it has not
     * counted at once is looked for again for a second, and then the next notification waited for.
     */
    private static final int LOOKS = 20;

    private final List<Optional<EventFd>> levels;
    private final long[] counts;
    private final OomLookout lookout;
    private Poller.@Nullable Watch oom;

    /** Counts the levels of pressure: low, medium and critical, or none at all. */
    MemoryWatchV1(List<Optional<EventFd>> levels, Supplier<Optional<Limitation>> limitation) {
        this.levels = levels;
        this.counts = new long[levels.size()];
        this.lookout = new OomLookout(LOOKS, limitation);
    }

    /** {@return the watch of a cgroup} */
    static MemoryWatchV1 start(Poller poller, EventControl control, Supplier<Optional<Limitation>> limitation)
            throws IOException {
        List<Optional<EventFd>> levels = Stream.of("low", "medium", "critical")
                .map(level -> connect(control, level))
                .toList();
        MemoryWatchV1 watch = new MemoryWatchV1(levels, limitation);
        try {
            watch.listen(poller, control.connect(OOM, ""));
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

    /** Waits for the kernel's killer; the descriptor is the poller's from now on. */
    synchronized void listen(Poller poller, EventFd notification) throws ErrnoException {
        oom = poller.watch(notification.fd(), EPOLLIN, (watch, events) -> {
            drain(notification);
            lookout.notified();
        });
        lookout.begin();
    }

    private static void drain(EventFd notification) {
        try {
            notification.drain();
        } catch (ErrnoException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompletableFuture<Limitation> limited() {
        return lookout.limited();
    }

    @Override
    public synchronized PressureUsage pressure() {
        return new PressureUsage(count(0), count(1), count(2));
    }

    private OptionalLong count(int level) {
        Optional<EventFd> source = level < levels.size() ? levels.get(level) : Optional.empty();
        if (source.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            counts[level] += source.get().drain();
            return OptionalLong.of(counts[level]);
        } catch (ErrnoException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public synchronized void close() {
        if (oom != null) {
            oom.cancel();
        }
        levels.forEach(level -> level.ifPresent(EventFd::close));
    }
}
