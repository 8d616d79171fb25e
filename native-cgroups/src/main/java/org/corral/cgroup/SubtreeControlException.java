package org.corral.cgroup;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A v2 cgroup does not give its children all the controllers that are wanted. */
public final class SubtreeControlException extends IOException {

    private static final long serialVersionUID = 1L;

    private final TreeMap<String, String> refused;

    /**
     * Makes the failure.
     *
     * @param cgroup the directory of the cgroup
     * @param refused for each controller that it does not give, by its v2 name, why
     */
    public SubtreeControlException(String cgroup, Map<String, String> refused) {
        super(cgroup + " does not give its children "
                + refused.entrySet().stream()
                        .map(e -> e.getKey() + ": " + e.getValue())
                        .sorted()
                        .collect(Collectors.joining("; ")));
        this.refused = new TreeMap<>(refused);
    }

    /** {@return for each controller that was not enabled, by its v2 name, why} */
    public Map<String, String> refused() {
        return Map.copyOf(refused);
    }
}
