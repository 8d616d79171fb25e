package org.corral.linux.raw;

import java.util.List;

/**
 * What posix_spawn(3) is to do: in the child, the actions in their order, then the program. Signals get their default
 * action and none is blocked; HotSpot blocks some in its threads, which a child would inherit. Immutable.
 *
 * @param path the program's file; no search
 * @param arguments all of argv, the program's name first
 * @param environment all of envp, each as {@code NAME=value}
 * @param actions what to do before
 * @param newSession whether the child leads a session of its own (POSIX_SPAWN_SETSID)
 */
public record SpawnPlan(
        String path, List<String> arguments, List<String> environment, List<Action> actions, boolean newSession) {

    /** Copies the lists. */
    public SpawnPlan {
        arguments = List.copyOf(arguments);
        environment = List.copyOf(environment);
        actions = List.copyOf(actions);
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
