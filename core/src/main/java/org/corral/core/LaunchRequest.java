package org.corral.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to run in a container, and how. Immutable; made by {@link #builder}.
 *
 * @param command the program and its arguments, at least the program; no shell is involved. A program without a
 *     {@code /} is looked up in the {@code PATH} of {@code environment}
 * @param environment all of the program's environment; nothing is inherited from the agent
 * @param directory the working directory, empty for the agent's
 * @param user the name or number of the user to run as, with {@code :} and a group where it is not the user's own; empty
 *     for the agent's
 * @param stdin where the standard input comes from
 * @param stdout where the standard output goes
 * @param stderr where the standard error goes
 * @param session whether the program leads a session of its own, or stays in the agent's and keeps its terminal
 * @param resources what the container is to have
 * @param rlimits limits of each single process, as {@code setrlimit(2)}
 * @param oomScoreAdj the kernel's preference when the whole host is out of memory, -1000 (last) to 1000 (first)
 */
public record LaunchRequest(
        List<String> command,
        Map<String, String> environment,
        Optional<Path> directory,
        Optional<String> user,
        Stdio stdin,
        Stdio stdout,
        Stdio stderr,
        Session session,
        Resources resources,
        Map<Rlimit, Rlimit.Limits> rlimits,
        OptionalInt oomScoreAdj) {

    /** Which session and controlling terminal the program has. */
    public enum Session {
        /** A new one without a terminal: the terminal's Ctrl-C and hang-up do not reach it. */
        OWN,
        /** The agent's: for a command in the foreground of somebody's terminal. */
        INHERIT
    }

    /** Refuses what {@code execve(2)} could not take. */
    public LaunchRequest {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        rlimits = Map.copyOf(rlimits);
        Objects.requireNonNull(resources, "resources").requireWhole();
        if (command.isEmpty() || command.get(0).isEmpty()) {
            throw new IllegalArgumentException("the command is empty: give a program and its arguments");
        }
        command.forEach(argument -> refuseNul("argument", argument));
        environment.forEach(LaunchRequest::checkVariable);
        directory.ifPresent(path -> refuseNul("directory", path.toString()));
        oomScoreAdj.ifPresent(LaunchRequest::checkOomScoreAdj);
    }

    private static void checkOomScoreAdj(int value) {
        if (value < -1000 || value > 1000) {
            throw new IllegalArgumentException("oom_score_adj " + value + " is not in -1000 to 1000");
        }
    }

    private static void checkVariable(String name, String value) {
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new IllegalArgumentException("environment variable '" + name + "' needs a name without '='");
        }
        refuseNul("environment variable", name);
        refuseNul("value of environment variable " + name, value);
    }

    private static void refuseNul(String what, String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    what + " '" + text.replace('\0', '␀') + "' holds a NUL character, which the kernel cannot pass on");
        }
    }

    /** {@return a builder for a request to run this program with these arguments} */
    public static Builder builder(List<String> command) {
        return new Builder(command);
    }

    /** Builds a {@link LaunchRequest}; the defaults are an empty environment, inherited stdio and no limits. */
    public static final class Builder {
        private final List<String> command;
        private Map<String, String> environment = Map.of();
        private Optional<Path> directory = Optional.empty();
        private Optional<String> user = Optional.empty();
        private Stdio stdin = Stdio.INHERIT;
        private Stdio stdout = Stdio.INHERIT;
        private Stdio stderr = Stdio.INHERIT;
        private Session session = Session.OWN;
        private Resources resources = Resources.NONE;
        private Map<Rlimit, Rlimit.Limits> rlimits = Map.of();
        private OptionalInt oomScoreAdj = OptionalInt.empty();

        private Builder(List<String> command) {
            this.command = command;
        }

        /** Sets the whole environment. */
        public Builder environment(Map<String, String> variables) {
            environment = variables;
            return this;
        }

        /** Sets the working directory. */
        public Builder directory(Path path) {
            directory = Optional.of(path);
            return this;
        }

        /** Sets the user, by name or number, as {@code build} or {@code build:www-data}. */
        public Builder user(String nameOrNumber) {
            user = Optional.of(nameOrNumber);
            return this;
        }

        /** Sets where standard input comes from and where output and errors go. */
        public Builder stdio(Stdio in, Stdio out, Stdio err) {
            stdin = in;
            stdout = out;
            stderr = err;
            return this;
        }

        /** Sets the session. */
        public Builder session(Session which) {
            session = which;
            return this;
        }

        /** Sets what the container is to have. */
        public Builder resources(Resources wanted) {
            resources = wanted;
            return this;
        }

        /** Sets the limits of each single process. */
        public Builder rlimits(Map<Rlimit, Rlimit.Limits> limits) {
            rlimits = limits;
            return this;
        }

        /** Sets the kernel's preference when the whole host is out of memory. */
        public Builder oomScoreAdj(int value) {
            oomScoreAdj = OptionalInt.of(value);
            return this;
        }

        /**
         * {@return the request}
         *
         * @throws IllegalArgumentException naming the first value that cannot be used
         */
        public LaunchRequest build() {
            return new LaunchRequest(
                    command,
                    environment,
                    directory,
                    user,
                    stdin,
                    stdout,
                    stderr,
                    session,
                    resources,
                    rlimits,
                    oomScoreAdj);
        }
    }
}
