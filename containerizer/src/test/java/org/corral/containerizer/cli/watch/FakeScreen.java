package org.corral.containerizer.cli.watch;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A screen that keeps what it was shown, and has keys that were typed before, at times of its own clock. */
final class FakeScreen implements Screen {

    private final Deque<Runnable> script = new ArrayDeque<>();
    private final Deque<Integer> typed = new ArrayDeque<>();
    final List<List<String>> shown = new ArrayList<>();
    private Size size = new Size(24, 200);
    private long nanos;

    /** Types keys when nothing was typed any more. */
    FakeScreen type(String keys) {
        return then(() -> keys.chars().forEach(typed::add));
    }

    /** Does something when no key is left. */
    FakeScreen then(Runnable event) {
        script.add(event);
        return this;
    }

    void resize(int rows, int columns) {
        size = new Size(rows, columns);
    }

    long nanos() {
        return nanos;
    }

    /** {@return what it shows now} */
    List<String> lines() {
        return shown.get(shown.size() - 1);
    }

    /** {@return the first words of the containers' lines that it shows now} */
    List<String> ids() {
        return lines().subList(2, lines().size() - 1).stream()
                .map(line -> line.split(" ", 2)[0])
                .toList();
    }

    @Override
    public Size size() {
        return size;
    }

    @Override
    public void show(Size drawnFor, List<String> lines, int emphasised) {
        shown.add(lines);
    }

    /** Without a script for it, the terminal goes. */
    @Override
    public int read(Duration patience) {
        if (!typed.isEmpty()) {
            return typed.poll();
        }
        if (script.isEmpty()) {
            return END;
        }
        nanos += patience.toNanos();
        script.poll().run();
        return typed.isEmpty() ? NONE : typed.poll();
    }

    @Override
    public void close() {
        // is given back by who opened it
    }
}
