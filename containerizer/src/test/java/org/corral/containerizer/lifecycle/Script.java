package org.corral.containerizer.lifecycle;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What fakes do at each step: they write it down, do what the test told them to, and fail if the test wants it. */
final class Script {

    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final Map<String, Exception> failures = new ConcurrentHashMap<>();
    private final Map<String, Runnable> hooks = new ConcurrentHashMap<>();

    /** Makes a step fail until {@link #repair}. */
    void fail(String step, Exception failure) {
        failures.put(step, failure);
    }

    void repair(String step) {
        failures.remove(step);
    }

    /** Does something in the middle of a step. */
    void during(String step, Runnable action) {
        hooks.put(step, action);
    }

    /** {@return whether the test does something in the middle of a step} */
    boolean isDuring(String step) {
        return hooks.containsKey(step);
    }

    List<String> steps() {
        return List.copyOf(steps);
    }

    /** A step that is not written down, as it comes at any time. */
    void enterUntold(String step) throws IOException {
        act(step);
    }

    void enter(String step) throws IOException {
        steps.add(step);
        act(step);
    }

    private void act(String step) throws IOException {
        hooks.getOrDefault(step, () -> {}).run();
        failIfTold(step);
    }

    /** Fails with a bug if the test wants that, and writes nothing down. */
    void bugIfTold(String step) {
        if (failures.get(step) instanceof RuntimeException bug) {
            throw bug;
        }
    }

    /** Fails if the test wants that, and writes nothing down. */
    void failIfTold(String step) throws IOException {
        Exception failure = failures.get(step);
        if (failure instanceof IOException expected) {
            throw expected;
        }
        bugIfTold(step);
    }
}
