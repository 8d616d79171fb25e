package org.corral.containerizer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.corral.containerizer.isolator.PollTimer;
import org.corral.core.event.ContainerEvent;

/**
 * Has containers that hang in a stage looked for from the first event on: nothing hangs before anything happens, and a
 * command without containers needs no thread for it. Thread-safe.
 */
final class HangWatch implements Consumer<ContainerEvent> {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

    private final PollTimer timer;
    private final Runnable look;
    private final AtomicBoolean begun = new AtomicBoolean();

    HangWatch(PollTimer timer, Runnable look) {
        this.timer = timer;
        this.look = look;
    }

    @Override
    public void accept(ContainerEvent event) {
        if (!begun.get() && !begun.getAndSet(true)) {
            timer.repeatForEver(BETWEEN_LOOKS, look);
        }
    }
}
