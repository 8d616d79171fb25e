package org.corral.containerizer.isolator;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The isolators that were asked for. Immutable.
 *
 * @param names in their order, as {@code cgroups/cpu}; empty to choose the best the host offers
 */
public record Isolation(List<String> names) {

    /** The best the host offers. */
    public static final Isolation AUTO = new Isolation(List.of());

    /** The names there are. */
    public static final List<String> KNOWN =
            List.of("cgroups/cpu", "cgroups/mem", "cgroups/pids", "posix/cpu", "posix/mem");

    private static final String REMEDY = "give auto, or some of " + String.join(",", KNOWN);

    /** Refuses unknown names and two isolators of one kind. */
    public Isolation {
        names = List.copyOf(names);
        Set<String> kinds = new HashSet<>();
        for (String name : names) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("isolation '" + name + "' is unknown: " + REMEDY);
            }
            if (!kinds.add(name.substring(name.indexOf('/')))) {
                throw new IllegalArgumentException(
                        "isolation '" + name + "' is the second of its kind: " + REMEDY + ", each kind once");
            }
        }
    }

    /**
     * Parses a list as Mesos has it.
     *
     * @param text {@code auto}, or names separated by commas
     * @throws IllegalArgumentException naming what is unknown or twice
     */
    public static Isolation parse(String text) {
        return text.strip().equals("auto")
                ? AUTO
                : new Isolation(Arrays.asList(text.strip().split(",", -1)));
    }

    /** {@return whether the choice is left to Corral} */
    public boolean isAuto() {
        return names.isEmpty();
    }

    /** {@return whether any of them uses cgroups} */
    public boolean usesCgroups() {
        return names.stream().anyMatch(name -> name.startsWith("cgroups/"));
    }
}
