package org.corral.containerizer.isolator;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.corral.core.ContainerId;
import org.corral.core.isolator.Namespace;
import org.corral.linux.Linux;
import org.corral.linux.namespace.HeldNamespaces;

/** {@code namespaces/uts}: a host name of its own, which is the container's id unless the operator gives one for all. */
public final class NamespacesUts extends NamespaceIsolator {

    static final String NAME = "namespaces/uts";
    static final String HOST_NAME = "hostname";

    /** HOST_NAME_MAX of gethostname(2). */
    private static final int LONGEST = 64;

    private final Optional<String> hostName;

    /**
     * Makes it.
     *
     * @param options {@code hostname}: 1 to 64 characters
     * @throws IllegalArgumentException naming a host name that is none
     */
    public NamespacesUts(Linux linux, Map<String, String> options) {
        super(linux, NAME, Set.of(Namespace.UTS));
        hostName = Optional.ofNullable(options.get(HOST_NAME));
        hostName.ifPresent(NamespacesUts::require);
    }

    private static void require(String name) {
        if (!name.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0," + (LONGEST - 1) + "})")) {
            throw new IllegalArgumentException("isolator option " + NAME + ":" + HOST_NAME + "='" + name
                    + "' is no host name: give letters, digits, '-' and '.', at most " + LONGEST);
        }
    }

    @Override
    void furnish(ContainerId id, HeldNamespaces namespaces) throws IOException {
        linux().namespaces().setHostName(hostName.orElseGet(() -> shortened(id.value())));
    }

    private static String shortened(String name) {
        return name.substring(0, Math.min(LONGEST, name.length()));
    }
}
