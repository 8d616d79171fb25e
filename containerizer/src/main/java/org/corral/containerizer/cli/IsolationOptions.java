package org.corral.containerizer.cli;

import java.util.ArrayList;
import java.util.List;
import org.corral.containerizer.CorralOptions;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorOption;
import org.corral.core.Resources;
import picocli.CommandLine.Option;

/** Which isolators a container has. */
final class IsolationOptions {

    @Option(
            names = "--isolation",
            paramLabel = "NAMES",
            completionCandidates = KnownIsolators.class,
            description = {
                "How it is limited and measured: auto (default), auto and names, or names alone, separated by",
                "commas, of these: ${COMPLETION-CANDIDATES}."
            })
    private Isolation isolation = Isolation.AUTO;

    @Option(
            names = "--isolator-option",
            paramLabel = "NAME:KEY=VALUE",
            description = "Set something for one isolator, as cgroups/net_cls:primary=0x10. May be repeated.")
    private List<IsolatorOption> isolatorOptions = new ArrayList<>();

    /** Where the choice is Corral's, what an amount needs that few ask for is added. */
    CorralOptions addTo(CorralOptions options, Resources wanted) {
        Isolation chosen = isolation.isAuto() && wanted.disk().isPresent() ? isolation.with("disk/du") : isolation;
        return options.withIsolation(chosen).withIsolatorOptions(isolatorOptions);
    }

    boolean isAuto() {
        return isolation.isAuto();
    }
}
