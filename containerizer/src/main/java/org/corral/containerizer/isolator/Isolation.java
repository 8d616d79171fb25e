package org.corral.containerizer.isolator;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The isolators that were asked for. Immutable. Which of them there are is known to {@link IsolatorRegistry}.
 *
 * @param names in their order, as {@code cgroups/cpu}; empty to choose the best the host offers
 */
public record Isolation(List<String> names) {

    /** The best the host offers. */
    public static final Isolation AUTO = new Isolation(List.of());

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]*/[a-z0-9][a-z0-9_.-]*");
    private static final String REMEDY = "give auto, or names as cgroups/cpu,cgroups/mem";

    /** Refuses what is no name, and two isolators of one kind: the same twice, or one of cgroups and one of posix. */
    public Isolation {
        names = List.copyOf(names);
        Set<String> kinds = new HashSet<>();
        for (String name : names) {
            if (!isName(name)) {
                throw new IllegalArgumentException("isolation '" + name + "' is not of the form kind/name: " + REMEDY);
            }
            if (!kinds.add(name.replaceFirst("^posix/", "cgroups/"))) {
                throw new IllegalArgumentException(
                        "isolation '" + name + "' is the second of its kind: " + REMEDY + ", each kind once");
            }
        }
    }

    /** {@return whether an isolator can be called that} */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * Parses a list as Mesos has it.
     *
     * @param text {@code auto}, or names separated by commas
     * @throws IllegalArgumentException naming what is no name or twice
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
}
