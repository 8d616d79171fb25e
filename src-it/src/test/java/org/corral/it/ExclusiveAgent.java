package org.corral.it;

import java.nio.file.Path;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import org.corral.linux.Linux;

/** The one agent of its root, until it is killed. */
final class ExclusiveAgent {

    private ExclusiveAgent() {}

    /** Takes the name of the root and the runtime directory. */
    public static void main(String[] arguments) throws Exception {
        TestRoot root = new TestRoot(arguments[0], Path.of(arguments[1]));
        CorralOptions options = CorralOptions.defaults(Host.stateOf(root)).withRoot(root.cgroup());
        try (Corral agent = Corral.open(Linux.ofThisHost(), options)) {
            System.out.println("open " + agent.root().path());
            System.out.flush();
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
