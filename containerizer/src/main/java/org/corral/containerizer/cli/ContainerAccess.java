package org.corral.containerizer.cli;

import java.io.IOException;
import org.corral.containerizer.Corral;
import org.corral.containerizer.lifecycle.ForeignContainer;
import org.corral.core.ContainerId;

/** Finds containers that other agents run. */
final class ContainerAccess {

    private ContainerAccess() {}

    static ForeignContainer attach(Corral corral, ContainerId id) throws IOException {
        return corral.attach(id)
                .orElseThrow(() -> new IOException("container " + id + " is unknown below "
                        + corral.root().path() + ": see 'corral ls', or give its --root"));
    }
}
