package org.corral.it;

import java.nio.file.Path;
import java.util.Optional;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.Resources;

/** An agent that changes what is written down of a container again and again. */
final class ChangingAgent {

    static final int CHANGES = 200;

    private ChangingAgent() {}

    /** Takes the directory of the root's state, and the container. Each time there is to be one more process. */
    public static void main(String[] arguments) throws Exception {
        StateStore store = new StateStore(Path.of(arguments[0]));
        for (int i = 0; i < CHANGES; i++) {
            store.change(
                    ContainerId.of(arguments[1]),
                    now -> Optional.of(now.withResources(
                            Resources.NONE.withPids(now.resources().pids().orElse(0) + 1))));
        }
        System.out.println("done");
    }
}
