package org.corral.it;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.usage.ContainerUsage;

/** An isolator that notes what it is asked, and does in the meantime what a test wants. Thread-safe. */
class ScriptedIsolator implements Isolator {

    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** {@return what it was asked so far, as {@code prepare}} */
    List<String> calls() {
        return List.copyOf(calls);
    }

    @Override
    public String name() {
        return "test/scripted";
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        calls.add("prepare");
        return preparing();
    }

    /** What there is to do, and to contribute. */
    Contribution preparing() throws IOException {
        return Contribution.NONE;
    }

    @Override
    public void isolate(ContainerId id, int pid) throws IOException {
        calls.add("isolate");
    }

    @Override
    public ContainerUsage usage(ContainerId id) throws IOException {
        return ContainerUsage.nothing(Instant.now());
    }

    @Override
    public void cleanup(ContainerId id) {
        calls.add("cleanup");
    }
}
