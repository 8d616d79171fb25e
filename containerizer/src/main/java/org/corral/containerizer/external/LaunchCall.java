package org.corral.containerizer.external;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos;
import org.corral.containerizer.external.protocol.CommandLines;
import org.corral.containerizer.external.protocol.ResourceMessages;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;

/**
 * What a program is told of a launch: the container is an executor, whose command is the request's. Immutable.
 *
 * @param id the container
 * @param request what to run
 * @param names what the agent is called
 */
record LaunchCall(ContainerId id, LaunchRequest request, AgentNames names) {

    private static final String RECOVERY_TIMEOUT = "15mins";

    /** {@return why the protocol has no place for this request, empty if it has} */
    Optional<String> obstacle() {
        if (id.parent().isPresent()) {
            return Optional.of("it is nested in another container");
        }
        if (!ResourceMessages.canTell(request.resources())) {
            return Optional.of("it has limits other than the CPU share and the memory limit");
        }
        if (!request.rlimits().isEmpty() || request.oomScoreAdj().isPresent()) {
            return Optional.of("it has rlimits or an oom_score_adj");
        }
        if (request.session() == LaunchRequest.Session.INHERIT) {
            return Optional.of("it wants the session of the agent");
        }
        return request.user().filter(user -> user.contains(":")).map(user -> "its user " + user + " has a group");
    }

    /** {@return the working directory, absolute} */
    Optional<Path> sandbox() {
        return request.directory().map(Path::toAbsolutePath);
    }

    /** {@return the message} */
    Calls.Launch message() {
        Calls.Launch.Builder launch = Calls.Launch.newBuilder()
                .setContainerId(Mesos.ContainerID.newBuilder().setValue(id.value()))
                .setExecutorInfo(executor())
                .setSlaveId(Mesos.SlaveID.newBuilder().setValue(names.slaveId()))
                .setSlavePid(names.slavePid())
                .setCheckpoint(true);
        sandbox().ifPresent(directory -> launch.setDirectory(directory.toString()));
        request.user().ifPresent(launch::setUser);
        return launch.build();
    }

    private Mesos.ExecutorInfo executor() {
        return Mesos.ExecutorInfo.newBuilder()
                .setExecutorId(Mesos.ExecutorID.newBuilder().setValue(id.value()))
                .setFrameworkId(Mesos.FrameworkID.newBuilder().setValue(names.frameworkId()))
                .setName(id.value())
                .setSource(names.frameworkId())
                .setCommand(command())
                .addAllResources(ResourceMessages.of(request.resources()))
                .build();
    }

    private Mesos.CommandInfo command() {
        Mesos.Environment.Builder environment = Mesos.Environment.newBuilder();
        request.environment().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(variable -> environment.addVariables(Mesos.Environment.Variable.newBuilder()
                        .setName(variable.getKey())
                        .setValue(variable.getValue())));
        Mesos.CommandInfo.Builder command = Mesos.CommandInfo.newBuilder()
                .setValue(CommandLines.shellLine(request))
                .setEnvironment(environment);
        request.user().ifPresent(command::setUser);
        return command.build();
    }

    /** {@return what an executor of Mesos, and the program with it, finds in its environment} */
    Map<String, String> environment() {
        Map<String, String> variables = new HashMap<>();
        variables.put("LIBPROCESS_PORT", "0");
        variables.put("MESOS_FRAMEWORK_ID", names.frameworkId());
        variables.put("MESOS_EXECUTOR_ID", id.value());
        variables.put("MESOS_SLAVE_ID", names.slaveId());
        variables.put("MESOS_SLAVE_PID", names.slavePid());
        variables.put("MESOS_CHECKPOINT", "1");
        variables.put("MESOS_RECOVERY_TIMEOUT", RECOVERY_TIMEOUT);
        sandbox().ifPresent(directory -> variables.put("MESOS_DIRECTORY", directory.toString()));
        return variables;
    }
}
