package org.corral.linux.raw;

import java.util.List;
import java.util.OptionalInt;

/**
 * What posix_spawn(3) is to do: in the child, the actions in their order, then the program. Signals get their default
 * action and none is blocked; HotSpot blocks some in its threads, which a child would inherit. Immutable.
 *
 * @param path the program's file; no search
 * @param arguments all of argv, the program's name first
 * @param environment all of envp, each as {@code NAME=value}
 * @param actions what to do before
 * @param newSession whether the child leads a session of its own (POSIX_SPAWN_SETSID)
 * @param cgroup a descriptor of the directory of the v2 cgroup that the child is born in (POSIX_SPAWN_SETCGROUP, glibc 2.39,
 *     Linux 5.7), to be kept open until the call has returned; empty for this process's own cgroup
 */
public record SpawnPlan(
        String path,
        List<String> arguments,
        List<String> environment,
        List<Action> actions,
        boolean newSession,
        OptionalInt cgroup) {

    /** Copies the lists. */
    public SpawnPlan {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        actions = List.copyOf(actions);
    }

    /** Makes a plan for a child that is born in this process's own cgroup. */
    public SpawnPlan(
            String path, List<String> arguments, List<String> environment, List<Action> actions, boolean newSession) {
        this(path, arguments, environment, actions, newSession, OptionalInt.empty());
    }

    /** {@return this plan with other actions} */
    public SpawnPlan withActions(List<Action> others) {
        return new SpawnPlan(path, arguments, environment, others, newSession, cgroup);
    }

    /** {@return this plan for a child that is born in a v2 cgroup, whose directory's descriptor this is} */
    public SpawnPlan inCgroup(int directory) {
        return new SpawnPlan(path, arguments, environment, actions, newSession, OptionalInt.of(directory));
    }

    /** A step in the child before its program. */
    public sealed interface Action {

        /**
         * Opens a file as a descriptor, closing what that was.
         *
         * @param fd the descriptor's number
         * @param path the file
         * @param flags a set of {@code O_*}
         * @param mode permission bits of a file that is made
         */
        record Open(int fd, String path, int flags, int mode) implements Action {}

        /**
         * Makes a descriptor a copy of another.
         *
         * @param fd the original
         * @param copy the copy's number
         */
        record Duplicate(int fd, int copy) implements Action {}

        /**
         * Changes the working directory (glibc 2.29).
         *
         * @param path the directory
         */
        record ChangeDirectory(String path) implements Action {}

        /**
         * Closes all descriptors from a number up (glibc 2.34).
         *
         * @param from the lowest to close
         */
        record CloseFrom(int from) implements Action {}
    }
}
