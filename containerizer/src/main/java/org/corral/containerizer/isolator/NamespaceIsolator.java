package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.Isolator;
import org.corral.core.isolator.Namespace;
import org.corral.core.usage.ContainerUsage;
import org.corral.linux.DiscardedThread;
import org.corral.linux.Linux;
import org.corral.linux.namespace.HeldNamespaces;
import org.corral.linux.process.GatedNamespaces;

/**
 * Gives containers namespaces of their own and furnishes them while the first process waits at its gate. The kernel removes
 * them with the last process in them, whatever becomes of the agent: so there is nothing to recover and nothing to clean up.
 */
abstract class NamespaceIsolator implements Isolator {

    private final Linux linux;
    private final String name;
    private final Set<Namespace> kinds;

    NamespaceIsolator(Linux linux, String name, Set<Namespace> kinds) {
        this.linux = linux;
        this.name = name;
        this.kinds = kinds;
    }

    final Linux linux() {
        return linux;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public Contribution prepare(ContainerId id, LaunchRequest request) throws IOException {
        return Contribution.builder().namespaces(kinds).build();
    }

    @Override
    public final void isolate(ContainerId id, int pid) throws IOException {
        try (HeldNamespaces namespaces = GatedNamespaces.of(linux, pid, kinds)) {
            DiscardedThread.run(() -> {
                namespaces.enter();
                furnish(id, namespaces);
            });
        }
    }

    /** Makes ready what is new; on a thread that is in there. Calls of the kernel alone: see {@link DiscardedThread}. */
    abstract void furnish(ContainerId id, HeldNamespaces namespaces) throws IOException;

    @Override
    public final ContainerUsage usage(ContainerId id) {
        return ContainerUsage.nothing(Instant.now());
    }

    @Override
    public final void cleanup(ContainerId id) {}
}
