package org.corral.containerizer.external;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Which program makes the containers, and how it is called. Immutable.
 *
 * @param program a shell's words for the program, to which the name of a command is added: {@code /opt/bin/deimos} or {@code
 *     corral external --isolation auto}
 * @param runtimeDirectory where this containerizer notes its containers; its own, private, and cleared by a reboot
 * @param workDirectory the agent's, by which a program tells the containers of several agents apart
 * @param libexecDirectory where a Mesos agent has its helpers
 * @param names what the agent is called
 * @param environment more variables for the program, as {@code HADOOP_HOME} or {@code MESOS_DEFAULT_CONTAINER_IMAGE}; a
 *     {@code PATH} here takes the place of the usual one
 * @param patience how long a call may take before it is given up, other than {@code wait}
 * @param grace how long a {@code wait} may take to tell the end once {@code destroy} is done
 */
public record ExternalOptions(
        String program,
        Path runtimeDirectory,
        Path workDirectory,
        Path libexecDirectory,
        AgentNames names,
        Map<String, String> environment,
        Duration patience,
        Duration grace) {

    /** Refuses an empty program. */
    public ExternalOptions {
        if (program.isBlank()) {
            throw new IllegalArgumentException("the external containerizer program is empty: give the path of one");
        }
        environment = Map.copyOf(environment);
    }

    /** {@return what most agents want, with their notes in that directory} */
    public static ExternalOptions defaults(String program, Path runtimeDirectory) {
        return new ExternalOptions(
                program,
                runtimeDirectory,
                runtimeDirectory,
                Path.of("/usr/libexec/mesos"),
                AgentNames.NONE,
                Map.of(),
                Duration.ofMinutes(2),
                Duration.ofSeconds(5));
    }

    /** {@return these options with another work directory} */
    public ExternalOptions withWorkDirectory(Path directory) {
        return new ExternalOptions(
                program, runtimeDirectory, directory, libexecDirectory, names, environment, patience, grace);
    }

    /** {@return these options with an agent's names} */
    public ExternalOptions withNames(AgentNames agent) {
        return new ExternalOptions(
                program, runtimeDirectory, workDirectory, libexecDirectory, agent, environment, patience, grace);
    }

    /** {@return these options with more variables for the program} */
    public ExternalOptions withEnvironment(Map<String, String> variables) {
        return new ExternalOptions(
                program, runtimeDirectory, workDirectory, libexecDirectory, names, variables, patience, grace);
    }

    /** {@return these options with other limits of time} */
    public ExternalOptions withPatience(Duration call, Duration afterDestroy) {
        return new ExternalOptions(
                program, runtimeDirectory, workDirectory, libexecDirectory, names, environment, call, afterDestroy);
    }
}
