package org.corral.containerizer.isolator;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Limitation;
import org.corral.core.Resources;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.disk.DiskWalk;

/**
 * {@code disk/du}: measures what a container's working directory takes on disk, every now and then, and ends a container
 * that is seen to take more than it may. Between two looks, and in any other directory, it can take what there is.
 */
public final class DiskDu implements Isolator {

    static final String NAME = "disk/du";

    /** The keys that an operator sets it by. */
    static final String INTERVAL = "interval";

    static final String LIMIT = "limit";

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final String USUAL = "15s";
    private static final String NO_DIRECTORY =
            "the container was given no working directory, or by a release that did not write it down";

    private final DiskWalk walk;
    private final PollTimer timer;
    private final Function<ContainerId, Optional<Resources>> written;
    private final Duration interval;
    private final Optional<DataSize> limit;
    private final Map<ContainerId, DiskWatch> watches = new ConcurrentHashMap<>();

    /**
     * Makes it.
     *
     * @param timer looks at the directories
     * @param written what is written down for a container, which somebody at another terminal may have changed; empty if
     *     that cannot be told
     * @param options {@code interval} between two looks, as {@code 15s}; {@code limit}, as {@code 1G}, for containers
     *     that ask for none
     * @throws IllegalArgumentException naming the option that cannot be used, and the remedy
     */
    public DiskDu(
            DiskWalk walk,
            PollTimer timer,
            Function<ContainerId, Optional<Resources>> written,
            Map<String, String> options) {
        this.walk = walk;
        this.timer = timer;
        this.written = written;
        this.interval = interval(options.getOrDefault(INTERVAL, USUAL));
        this.limit = Optional.ofNullable(options.get(LIMIT)).map(DataSize::parse);
    }

    private static Duration interval(String text) {
        try {
            Duration interval = Duration.parse("PT" + text);
            if (interval.compareTo(SHORTEST) >= 0) {
                return interval;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        throw new IllegalArgumentException("isolator option " + NAME + ":" + INTERVAL + " '" + text
                + "' is no time of at least 0.1s: give one as 15s or 1m30s");
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void recover(RecoveredContainer container) {
        if (container.directory().isPresent()) {
            ContainerId id = container.id();
            watches.put(id, new DiskWatch(walk, container.directory().get(), limit(container.resources())));
            if (container.pid().isPresent()) {
                poll(id);
            }
        }
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        if (request.directory().isEmpty() && request.resources().disk().isPresent()) {
            throw new IOException("the disk limit " + request.resources().disk().get()
                    + " needs a working directory, which is what it limits: give one");
        }
        Optional<DataSize> most = limit(request.resources());
        request.directory().ifPresent(directory -> watches.put(id, new DiskWatch(walk, absolute(directory), most)));
        return Contribution.NONE;
    }

    private Optional<DataSize> limit(Resources resources) {
        return resources.disk().or(() -> limit);
    }

    @Override
    public void update(ContainerId id, Resources resources) {
        DiskWatch watch = watches.get(id);
        if (watch != null) {
            watch.setLimit(limit(resources));
        }
    }

    /** The agent's own directory is where relative ones begin, also for the launcher. */
    private static Path absolute(Path directory) {
        return directory.toAbsolutePath();
    }

    @Override
    public void isolate(ContainerId id, int pid) {
        poll(id);
    }

    private void poll(ContainerId id) {
        DiskWatch watch = watches.get(id);
        if (watch != null) {
            watch.pollBy(timer.repeat(interval, () -> look(id, watch)));
        }
    }

    /** The limit is looked up when the walk is done, which takes a while. */
    private void look(ContainerId id, DiskWatch watch) {
        if (watch.look()) {
            written.apply(id).ifPresent(now -> watch.setLimit(limit(now)));
            watch.judge();
        }
    }

    @Override
    public CompletionStage<Limitation> watch(ContainerId id) {
        DiskWatch watch = watches.get(id);
        return watch == null ? new CompletableFuture<>() : watch.limited();
    }

    /** A container that has ended by itself was not ended by its limit, however much it has left behind. */
    @Override
    public Optional<Limitation> limitation(ContainerId id) throws IOException {
        DiskWatch watch = watches.get(id);
        return watch == null ? Optional.empty() : watch.end();
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        DiskWatch watch = watches.get(id);
        ContainerUsage usage = ContainerUsage.nothing(Instant.now());
        return watch == null ? usage.without("disk", NO_DIRECTORY) : usage.with(watch.usage());
    }

    /** What the container has written stays. */
    @Override
    public void cleanup(ContainerId id) {
        release(id);
    }

    @Override
    public void release(ContainerId id) {
        DiskWatch watch = watches.remove(id);
        if (watch != null) {
            watch.stop();
        }
    }
}
