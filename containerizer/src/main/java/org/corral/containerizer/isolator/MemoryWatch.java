package org.corral.containerizer.isolator;

import static org.corral.linux.raw.Constants.EPOLLIN;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.corral.core.Limitation;
import org.corral.core.usage.PressureUsage;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.EventFd;
import org.corral.linux.event.Poller;
import org.jspecify.annotations.Nullable;

/** The notifications of one container's memory cgroup. Thread-safe. */
final class MemoryWatch implements AutoCloseable {

    private static final int LOOKS = 20;
    private static final Executor LATER = CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS);

    private final List<Optional<EventFd>> levels;
    private final long[] counts;
    private final CompletableFuture<Limitation> limited = new CompletableFuture<>();
    private final AtomicInteger looksLeft = new AtomicInteger();
    private Poller.@Nullable Watch oom;

    /** Counts the levels of pressure: low, medium and critical, or none at all. */
    MemoryWatch(List<Optional<EventFd>> levels) {
        this.levels = levels;
        this.counts = new long[levels.size()];
    }

    /**
     * Waits for the kernel's killer; the descriptor is the poller's from now on.
     *
     * @param limitation what was hit, empty if the kernel has killed nothing here; asked on several threads, one at a time
     */
    synchronized void listen(Poller poller, EventFd notification, Supplier<Optional<Limitation>> limitation)
            throws ErrnoException {
        oom = poller.watch(notification.fd(), EPOLLIN, (watch, events) -> {
            drain(notification);
            if (looksLeft.getAndSet(LOOKS) == 0) {
                look(limitation);
            }
        });
    }

    /**
     * The kernel notifies before it kills, and not only for this cgroup but also for those above it. So what it has not
     * counted at once is looked for again for a while, and then the next notification waited for.
     */
    private void look(Supplier<Optional<Limitation>> limitation) {
        Optional<Limitation> found = limitation.get();
        if (found.isPresent()) {
            limited.complete(found.get());
        } else if (looksLeft.decrementAndGet() > 0) {
            LATER.execute(() -> look(limitation));
        }
    }

    private static void drain(EventFd notification) {
        try {
            notification.drain();
        } catch (ErrnoException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return a stage that completes when the kernel has killed for the limit} */
    CompletableFuture<Limitation> limited() {
        return limited;
    }

    synchronized PressureUsage pressure() {
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
