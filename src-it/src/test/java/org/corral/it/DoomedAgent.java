package org.corral.it;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import org.corral.containerizer.Corral;
import org.corral.containerizer.lifecycle.Containment;
import org.corral.containerizer.lifecycle.CorralContainerizer;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.unit.DataSize;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.Linux;

/** An agent that launches one container, stops at a stage, says so, and waits to be killed. */
final class DoomedAgent {

    static final ContainerId ID = ContainerId.of("orphan");

    private DoomedAgent() {}

    /** Takes the name of the root, the runtime directory, the stage to stop at, and a command. */
    public static void main(String[] arguments) throws Exception {
        TestRoot root = new TestRoot(arguments[0], Path.of(arguments[1]));
        Corral corral = Corral.open(Linux.ofThisHost(), Host.options(root));
        Containment usual = corral.containment();
        List<Isolator> isolators = new ArrayList<>(usual.isolators());
        isolators.add(new Stop(arguments[2]));
        Containment stopping =
                new Containment(usual.launcher(), isolators, usual.names(), usual.root(), usual.remarks());
        StateStore store = new StateStore(Host.stateOf(root).resolve(root.stateFolder()));
        LaunchRequest.Builder command =
                Host.shell(arguments[3]).resources(Resources.NONE.withMemory(DataSize.ofMebibytes(64)));
        new CorralContainerizer(Linux.ofThisHost(), stopping, store, Executors.newCachedThreadPool(), event -> {})
                .launch(ID, command.build());
        say("running "
                + corral.attach(ID)
                        .orElseThrow()
                        .checkpoint()
                        .init()
                        .orElseThrow()
                        .pid());
    }

    private static void say(String word) throws InterruptedException {
        System.out.println(word);
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
    }

    /** Stops in the stage of its name. */
    private record Stop(String stage) implements Isolator {

        @Override
        public String name() {
            return "test/stop";
        }

        @Override
        public Contribution prepare(ContainerId id, LaunchRequest request) {
            sayAt("prepare", "prepared");
            return Contribution.NONE;
        }

        @Override
        public void isolate(ContainerId id, int pid) {
            sayAt("isolate", "gated " + pid);
        }

        private void sayAt(String wanted, String word) {
            if (stage.equals(wanted)) {
                try {
                    say(word);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        @Override
        public ContainerUsage usage(ContainerId id) {
            return ContainerUsage.nothing(Instant.now());
        }

        @Override
        public void cleanup(ContainerId id) {}
    }
}
