package org.corral.containerizer.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A timer whose time the test lets pass. Confined to one thread. */
final class FakeTimer implements Timer {

    private record Due(Duration at, Runnable work) {}

    private final List<Due> waiting = new ArrayList<>();
    private Duration now = Duration.ZERO;

    @Override
    public void after(Duration delay, Runnable work) {
        waiting.add(new Due(now.plus(delay), work));
    }

    @Override
    public void every(Duration period, Runnable work) {
        throw new UnsupportedOperationException();
    }

    void pass(Duration time) {
        now = now.plus(time);
        for (Due due : List.copyOf(waiting)) {
            if (due.at().compareTo(now) <= 0) {
                waiting.remove(due);
                due.work().run();
            }
        }
    }
}
