package org.corral.containerizer.isolator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.corral.core.text.Quoted;

/**
 * The isolators that were asked for. Immutable. Which of them there are is known to {@link IsolatorRegistry}.
 *
 * @param isAuto whether the rest is left to Corral: the best the host offers
 * @param names in their order, as {@code cgroups/cpu}
 */
public record Isolation(boolean isAuto, List<String> names) {

    private static final String BEST = "auto";

    /** The best the host offers. */
    public static final Isolation AUTO = new Isolation(true, List.of());

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]*/[a-z0-9][a-z0-9_.-]*");
    private static final String REMEDY = "give auto, or names as cgroups/cpu,cgroups/mem";

    /** Refuses what is no name, and two isolators of one kind: the same twice, or one of cgroups and one of posix. */
    public Isolation {
        names = List.copyOf(names);
        Set<String> kinds = new HashSet<>();
        for (String name : names) {
            if (!isName(name)) {
                throw new IllegalArgumentException(
                        "isolation " + Quoted.of(name) + " is not of the form kind/name: " + REMEDY);
            }
            if (!kinds.add(kindOf(name))) {
                throw new IllegalArgumentException(
                        "isolation " + Quoted.of(name) + " is the second of its kind: " + REMEDY + ", each kind once");
            }
        }
    }

    /** Takes these names alone. */
    public Isolation(List<String> names) {
        this(false, names);
    }

    private static String kindOf(String name) {
        return name.replaceFirst("^posix/", "cgroups/");
    }

    /** {@return whether an isolator can be called that} */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /**
     * Parses a list as Mesos has it.
     *
     * @param text names separated by commas; {@code auto}, alone or first, for the best the host offers beside them
     * @throws IllegalArgumentException naming what is no name or twice
     */
    public static Isolation parse(String text) {
        List<String> parts = Arrays.asList(text.strip().split(",", -1));
        return parts.get(0).equals(BEST)
                ? new Isolation(true, parts.subList(1, parts.size()))
                : new Isolation(false, parts);
    }

    /** {@return this isolation with one more, unless it has that} */
    public Isolation with(String name) {
        return names.contains(name)
                ? this
                : new Isolation(
                        isAuto, Stream.concat(names.stream(), Stream.of(name)).toList());
    }

    /** {@return the best the host offers, but for what was asked for by name, which is taken instead and beside it} */
    public Isolation completedBy(Isolation best) {
        List<String> all = new ArrayList<>(best.names);
        all.removeIf(offered -> names.stream().anyMatch(name -> kindOf(name).equals(kindOf(offered))));
        all.addAll(names);
        return new Isolation(false, all);
    }
}
