package org.corral.core;

import java.nio.file.Path;

/** Where a standard stream of a container comes from or goes. Immutable. */
public sealed interface Stdio {

    /** The agent's own stream. */
    Stdio INHERIT = new Inherit();

    /** Nothing: an empty input, a discarded output. */
    Stdio DISCARD = new Discard();

    /**
     * {@return a file: read from its start as input; created (mode 0644) or appended to as output} One that the launch
     * creates belongs to the command's user, and goes if that is another than the agent's and the launch fails; one that was
     * there keeps its owner.
     */
    static Stdio file(Path path) {
        return new File(path);
    }

    /** The agent's own stream. */
    record Inherit() implements Stdio {}

    /** {@code /dev/null}. */
    record Discard() implements Stdio {}

    /**
     * A file.
     *
     * @param path absolute, or relative to the agent's working directory
     */
    record File(Path path) implements Stdio {}
}
