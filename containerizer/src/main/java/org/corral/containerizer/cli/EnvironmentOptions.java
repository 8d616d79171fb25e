package org.corral.containerizer.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The command's environment. */
final class EnvironmentOptions {

    @Option(
            names = "--env",
            paramLabel = "NAME[=VALUE]",
            description = "Set a variable; NAME alone hands the caller's down. May be repeated.")
    private List<String> variables = new ArrayList<>();

    @Option(
            names = "--env-all",
            description = "Hand all of the caller's variables down; by default only PATH, TERM, LANG, LC_* and those "
                    + "that tell who the user is.")
    private boolean all;

    /**
     * {@return the variables of a command}
     *
     * @param basis the variables it has without being asked for
     * @param callers the variables to hand down
     */
    Map<String, String> environment(Map<String, String> basis, Map<String, String> callers) {
        Map<String, String> environment = new HashMap<>(all ? callers : Map.of());
        environment.putAll(basis);
        variables.forEach(variable -> set(environment, variable, callers));
        return environment;
    }

    private static void set(Map<String, String> environment, String variable, Map<String, String> callers) {
        int equals = variable.indexOf('=');
        if (equals >= 0) {
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            return;
        }
        String value = callers.get(variable);
        if (value == null) {
            throw new IllegalArgumentException("--env " + variable + " is not set here: set it, or give NAME=VALUE");
        }
        environment.put(variable, value);
    }
}
