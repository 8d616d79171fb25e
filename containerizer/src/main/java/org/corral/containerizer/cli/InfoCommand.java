package org.corral.containerizer.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.corral.cgroup.InternalProcesses;
import org.corral.containerizer.Corral;
import org.corral.linux.KernelFeatures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code corral info}: what this host offers, and what Corral makes of it. */
@Command(name = "info", description = "Show what this host offers, and what Corral would choose.")
final class InfoCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private final HostOptions hostOptions = new HostOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    InfoCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() throws IOException {
        try (Corral corral = hostOptions.open(host)) {
            HostFacts facts = new HostFacts(
                    corral.layout(),
                    corral.root(),
                    host.runtimeDirectory(),
                    corral.containment().names(),
                    remarks(corral),
                    KernelFeatures.probe(host.linux()).all(),
                    corral.isolators());
            host.out().print(json ? HostFactsJson.text(facts) : HostFactsText.text(facts));
            return 0;
        }
    }

    private static List<String> remarks(Corral corral) throws IOException {
        List<String> remarks = new ArrayList<>(corral.containment().remarks());
        corral.internalProcesses().map(InternalProcesses::consequence).ifPresent(remarks::add);
        return remarks;
    }
}
