package org.corral.containerizer.cli;

import java.util.ArrayList;
import java.util.List;
import org.corral.containerizer.CorralOptions;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.isolator.IsolatorOption;
import picocli.CommandLine.Option;

/** Which isolators a container has. */
final class IsolationOptions {

    @Option(
            names = "--isolation",
            paramLabel = "NAMES",
            completionCandidates = KnownIsolators.class,
            description = {
                "How it is limited and measured: auto (default), or names separated by commas, of these:",
                "${COMPLETION-CANDIDATES}."
            })
    private Isolation isolation = Isolation.AUTO;

    @Option(
            names = "--isolator-option",
            paramLabel = "NAME:KEY=VALUE",
            description = "Set something for one isolator, as cgroups/net_cls:primary=0x10. May be repeated.")
    private List<IsolatorOption> isolatorOptions = new ArrayList<>();

    CorralOptions addTo(CorralOptions options) {
        return options.withIsolation(isolation).withIsolatorOptions(isolatorOptions);
    }

    boolean isAuto() {
        return isolation.isAuto();
    }
}
