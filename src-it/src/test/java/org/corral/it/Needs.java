package org.corral.it;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Decides whether a test with certain needs runs, is skipped or fails. Immutable.
 *
 * @param missing tells why the host lacks a need, empty if it is there
 * @param required the needs that this run demands of the host
 */
record Needs(Function<Need, Optional<String>> missing, Set<Need> required) {

    static final String SETTING = "CORRAL_REQUIRED_NEEDS";

    /** {@return the needs of this host, with what this run demands of it} */
    static Needs ofThisRun() {
        String setting = System.getProperty(SETTING, System.getenv().getOrDefault(SETTING, ""));
        return new Needs(Need::missing, parse(setting));
    }

    /**
     * {@return the needs of a list separated by commas}
     *
     * @throws IllegalArgumentException naming the first name that is no need: a misspelt one would demand nothing
     */
    static Set<Need> parse(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .map(Needs::named)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Need.class)));
    }

    private static Need named(String name) {
        return Arrays.stream(Need.values())
                .filter(need -> need.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        SETTING + " holds '" + name + "': give some of " + Arrays.toString(Need.values())));
    }

    /**
     * {@return why a test with these needs is to be skipped, empty if it can run}
     *
     * @throws AssertionError if one that is missing is required
     */
    Optional<String> reasonToSkip(Collection<Need> wanted) {
        List<Need> lacking =
                wanted.stream().filter(need -> missing.apply(need).isPresent()).toList();
        if (lacking.stream().anyMatch(required::contains)) {
            throw new AssertionError(SETTING + " demands what this host lacks: " + explain(lacking));
        }
        return lacking.isEmpty() ? Optional.empty() : Optional.of("needs " + explain(lacking));
    }

    private String explain(List<Need> lacking) {
        return lacking.stream()
                .map(need -> need + " (" + missing.apply(need).orElse("") + ")")
                .collect(Collectors.joining(", "));
    }
}
