package org.corral.containerizer.isolator;

import java.io.IOException;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.layout.Controller;

/** The files of a controller that an isolator cannot do without. */
final class Bound {

    private Bound() {}

    static ControlFiles files(Cgroup cgroup, Controller controller) throws IOException {
        return cgroup.files(controller)
                .orElseThrow(() -> new IOException(
                        "controller " + controller + " is bound to no hierarchy: see 'corral info' for the reason"));
    }
}
