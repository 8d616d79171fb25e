package org.corral.core;

/** What {@link Containerizer#launch} did. */
public enum LaunchOutcome {
    /** The command runs. */
    LAUNCHED,
    /** A container of that id exists; it was not touched. */
    ALREADY_LAUNCHED,
    /** This containerizer cannot run such a request; nothing was touched. */
    NOT_SUPPORTED
}
