package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.Set;
import org.corral.core.ContainerId;
import org.corral.core.isolator.Namespace;
import org.corral.linux.Linux;
import org.corral.linux.namespace.HeldNamespaces;
import org.corral.linux.namespace.Loopback;

/** {@code namespaces/net}: a network of its own with the loopback device alone, so that the host cannot be reached. */
public final class NamespacesNet extends NamespaceIsolator {

    static final String NAME = "namespaces/net";

    private final Loopback loopback;

    /** Makes it. */
    public NamespacesNet(Linux linux) {
        super(linux, NAME, Set.of(Namespace.NETWORK));
        this.loopback = new Loopback(linux);
    }

    @Override
    void furnish(ContainerId id, HeldNamespaces namespaces) throws IOException {
        loopback.up();
    }
}
