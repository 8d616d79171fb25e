package org.corral.core.isolator;

import java.util.Map;

/**
 * What an isolator adds to a launch. Immutable.
 *
 * @param environment variables for the command; the request's own win over them, and two isolators that give one
 *     variable different values make the launch fail
 */
public record Contribution(Map<String, String> environment) {

    /** Nothing. */
    public static final Contribution NONE = new Contribution(Map.of());

    /** Copies the variables. */
    public Contribution {
        environment = Map.copyOf(environment);
    }
}
