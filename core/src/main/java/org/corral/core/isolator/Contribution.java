package org.corral.core.isolator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.corral.core.Rlimit;

/**
 * What an isolator adds to a launch. Immutable.
 *
 * <p>Two isolators that give one variable or one limit different values make the launch fail with a
 * {@link ContributionConflictException}; what the request itself gives wins over both. Namespaces are united, and the
 * commands of all run in the order of the isolators.
 *
 * @param environment variables for the command
 * @param rlimits limits of each single process of the command, as {@code setrlimit(2)}
 * @param namespaces what the container has of its own. They exist when {@link Isolator#isolate} is called
 * @param preExec commands to run in the container, one after the other, before its own: each a program and its arguments,
 *     looked up as that of the request. They run as the agent's user, in the container's namespaces and limits and with its
 *     environment, after {@link Isolator#isolate} of all isolators. One that does not exit with 0 makes the launch fail
 */
public record Contribution(
        Map<String, String> environment,
        Map<Rlimit, Rlimit.Limits> rlimits,
        Set<Namespace> namespaces,
        List<List<String>> preExec) {

    /** Nothing. */
    public static final Contribution NONE = builder().build();

    /** Copies all of them, and refuses a command without a program. */
    public Contribution {
        environment = Map.copyOf(environment);
        rlimits = Map.copyOf(rlimits);
        namespaces = Set.copyOf(namespaces);
        preExec = preExec.stream().<List<String>>map(List::copyOf).toList();
        if (preExec.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException("a pre-exec command is empty: give a program and its arguments");
        }
    }

    /** {@return a builder of a contribution, nothing so far} */
    public static Builder builder() {
        return new Builder();
    }

    /** Builds a {@link Contribution}. Confined to one thread. */
    public static final class Builder {
        private Map<String, String> environment = Map.of();
        private Map<Rlimit, Rlimit.Limits> rlimits = Map.of();
        private Set<Namespace> namespaces = Set.of();
        private final List<List<String>> preExec = new ArrayList<>();

        private Builder() {}

        /** Sets the variables. */
        public Builder environment(Map<String, String> variables) {
            environment = variables;
            return this;
        }

        /** Sets the limits of each single process. */
        public Builder rlimits(Map<Rlimit, Rlimit.Limits> limits) {
            rlimits = limits;
            return this;
        }

        /** Sets what the container has of its own. */
        public Builder namespaces(Collection<Namespace> own) {
            namespaces = Set.copyOf(own);
            return this;
        }

        /** Adds a command to run before the container's own. */
        public Builder preExec(List<String> command) {
            preExec.add(command);
            return this;
        }

        /**
         * {@return the contribution}
         *
         * @throws IllegalArgumentException if a command is empty
         */
        public Contribution build() {
            return new Contribution(environment, rlimits, namespaces, preExec);
        }
    }
}
