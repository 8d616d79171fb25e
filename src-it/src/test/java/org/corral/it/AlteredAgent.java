package org.corral.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.corral.containerizer.Corral;
import org.corral.containerizer.lifecycle.Containment;
import org.corral.containerizer.lifecycle.CorralContainerizer;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.event.ContainerEvent;
import org.corral.core.isolator.Isolator;
import org.corral.core.launcher.Launcher;
import org.corral.linux.Linux;

/** This host's agent with a launcher or isolators that a test has changed. Closing it ends what the test left running. */
final class AlteredAgent implements AutoCloseable {

    private final Corral corral;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final CorralContainerizer containers;

    private AlteredAgent(TestRoot root, UnaryOperator<Containment> change, Consumer<ContainerEvent> events)
            throws IOException {
        this.corral = Corral.open(Linux.ofThisHost(), Host.options(root));
        StateStore store = new StateStore(Host.stateOf(root).resolve(root.stateFolder()));
        this.containers =
                new CorralContainerizer(Linux.ofThisHost(), change.apply(corral.containment()), store, workers, events);
    }

    /** Opens one with isolators behind Corral's own. */
    static AlteredAgent with(TestRoot root, Isolator... more) throws IOException {
        return with(root, event -> {}, more);
    }

    /** The same, with somebody who is told of all that happens before it goes on. */
    static AlteredAgent with(TestRoot root, Consumer<ContainerEvent> events, Isolator... more) throws IOException {
        return new AlteredAgent(root, usual -> withIsolators(usual, List.of(more)), events);
    }

    private static Containment withIsolators(Containment usual, List<Isolator> more) {
        List<Isolator> isolators = new ArrayList<>(usual.isolators());
        isolators.addAll(more);
        return new Containment(usual.launcher(), isolators, usual.names(), usual.root(), usual.remarks());
    }

    /** Opens one with another launcher that may stand upon Corral's. */
    static AlteredAgent withLauncher(TestRoot root, UnaryOperator<Launcher> change) throws IOException {
        return new AlteredAgent(
                root,
                usual -> new Containment(
                        change.apply(usual.launcher()),
                        usual.isolators(),
                        usual.names(),
                        usual.root(),
                        usual.remarks()),
                event -> {});
    }

    CorralContainerizer containers() {
        return containers;
    }

    @Override
    public void close() {
        for (ContainerId id : containers.containers()) {
            Host.await(containers.destroy(id));
        }
        containers.close();
        workers.shutdown();
        corral.close();
    }
}
