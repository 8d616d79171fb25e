package org.corral.containerizer.cli;

import java.io.IOException;
import org.corral.cgroup.layout.RootSelection;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import picocli.CommandLine.Option;

/** Which containers a command is about: those below one root. */
final class HostOptions {

    @Option(
            names = "--root",
            paramLabel = "PATH",
            description = "The cgroup that containers are made in, as /corral, or auto (default).")
    private String root = RootSelection.AUTO;

    CorralOptions options(Host host) {
        return CorralOptions.defaults(host.runtimeDirectory()).withRoot(root).shared();
    }

    Corral open(Host host) throws IOException {
        return Corral.open(host.linux(), options(host));
    }
}
