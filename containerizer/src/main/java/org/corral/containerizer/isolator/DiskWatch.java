package org.corral.containerizer.isolator;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.corral.core.Limitation;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.DiskUsage;
import org.corral.linux.disk.DiskUse;
import org.corral.linux.disk.DiskWalk;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one container's directory takes, as it was seen last, and what it may take. Thread-safe. */
final class DiskWatch {

    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);

    private final DiskWalk walk;
    private final Path directory;
    private final CompletableFuture<Limitation> limited = new CompletableFuture<>();
    private volatile Optional<DataSize> limit;
    private Optional<DiskUse> last = Optional.empty();
    private long walksBegun;
    private long walkOfLast;
    private @Nullable Future<?> polling;

    DiskWatch(DiskWalk walk, Path directory, Optional<DataSize> limit) {
        this.walk = walk;
        this.directory = directory;
        this.limit = limit;
    }

    synchronized void pollBy(Future<?> again) {
        polling = again;
    }

    synchronized void stop() {
        if (polling != null) {
            polling.cancel(true);
        }
    }

    void setLimit(Optional<DataSize> wanted) {
        limit = wanted;
    }

    CompletableFuture<Limitation> limited() {
        return limited;
    }

    /** {@return whether there was anything to see} What cannot be measured now may be the next time. */
    boolean look() {
        try {
            measure();
            return true;
        } catch (InterruptedIOException e) {
            LOG.debug("{}", e.getMessage());
        } catch (IOException e) {
            LOG.warn("what {} takes on disk cannot be told: {}", directory, e.getMessage());
        }
        return false;
    }

    /** Tells if what was seen last is more than it may be. */
    void judge() {
        seen().ifPresent(this::judge);
    }

    private synchronized Optional<DiskUse> seen() {
        return last;
    }

    /** The walk is long, and nobody waits for it who asks for what was seen last. */
    private DiskUse measure() throws IOException {
        long number = begin();
        DiskUse now = walk.measure(directory);
        keep(now, number);
        if (now.unreadable() > 0) {
            LOG.warn("{} directories in {} could not be looked into, and are not counted", now.unreadable(), directory);
        }
        return now;
    }

    private synchronized long begin() {
        return ++walksBegun;
    }

    /** A walk may end after one that began later, and has seen less of what was written. */
    private synchronized void keep(DiskUse now, long number) {
        if (number > walkOfLast) {
            walkOfLast = number;
            last = Optional.of(now);
        }
    }

    private void judge(DiskUse now) {
        limit.filter(most -> now.bytes() > most.bytes())
                .ifPresent(most -> limited.complete(new Limitation(
                        "disk",
                        OptionalLong.of(most.bytes()),
                        OptionalLong.of(now.bytes()),
                        "disk limit of " + most.toHumanString() + " exceeded: " + directory + " takes "
                                + DataSize.ofBytes(now.bytes()).toHumanString())));
    }

    /** {@return what was seen last; where nothing was yet, what there is now} */
    DiskUsage usage() throws IOException {
        Optional<DiskUse> known = seen();
        DiskUse seen = known.isPresent() ? known.get() : measure();
        return new DiskUsage(
                OptionalLong.of(seen.bytes()),
                limit.map(most -> OptionalLong.of(most.bytes())).orElse(OptionalLong.empty()));
    }

    /** Looks for a last time, so that the use is that of the end. {@return the limit that was hit before, if any} */
    Optional<Limitation> end() throws IOException {
        stop();
        measure();
        return Optional.ofNullable(limited.getNow(null));
    }
}
