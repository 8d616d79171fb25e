package org.corral.containerizer.cli;

import java.util.Iterator;
import org.corral.containerizer.isolator.IsolatorProviderException;
import org.corral.containerizer.isolator.IsolatorRegistry;

/** The names that {@code --isolation} takes, for its help. */
final class KnownIsolators implements Iterable<String> {

    /** A broken one of somebody else's must not keep anybody from the help; the commands themselves tell of it. */
    @Override
    public Iterator<String> iterator() {
        return registry().names().iterator();
    }

    private static IsolatorRegistry registry() {
        try {
            return IsolatorRegistry.load();
        } catch (IsolatorProviderException e) {
            return IsolatorRegistry.builtIn();
        }
    }
}
