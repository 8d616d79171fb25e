package org.corral.containerizer.cli.external;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos;
import org.corral.containerizer.external.protocol.CommandLines;
import org.corral.containerizer.external.protocol.ResourceMessages;
import org.corral.core.LaunchRequest;
import org.corral.core.Stdio;

/** Turns what an agent of Mesos wants launched into a request, and refuses what Corral cannot do. */
final class ExecutorRequest {

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final ProgramContext context;

    ExecutorRequest(ProgramContext context) {
        this.context = context;
    }

    /**
     * {@return the request}
     *
     * @throws IllegalArgumentException naming what cannot be done
     */
    LaunchRequest of(Calls.Launch launch) {
        Mesos.ExecutorInfo executor = executorOf(launch);
        refuseImages(launch, executor);
        Optional<Path> sandbox = launch.hasDirectory() ? Optional.of(Path.of(launch.getDirectory())) : Optional.empty();
        LaunchRequest.Builder request = LaunchRequest.builder(CommandLines.words(executor.getCommand()))
                .environment(environment(executor.getCommand()))
                .stdio(Stdio.DISCARD, output(sandbox, "stdout"), output(sandbox, "stderr"))
                .resources(context.limited(ResourceMessages.parse(executor.getResourcesList())));
        sandbox.ifPresent(request::directory);
        user(launch, executor).ifPresent(request::user);
        return request.build();
    }

    /** Agents send the executor; that of the task, where it has one, is the same. */
    private static Mesos.ExecutorInfo executorOf(Calls.Launch launch) {
        if (launch.hasExecutorInfo()) {
            return launch.getExecutorInfo();
        }
        if (launch.getTaskInfo().hasExecutor()) {
            return launch.getTaskInfo().getExecutor();
        }
        throw new IllegalArgumentException("the launch names no executor: give executor_info");
    }

    private static void refuseImages(Calls.Launch launch, Mesos.ExecutorInfo executor) {
        Mesos.CommandInfo command = executor.getCommand();
        if (command.getUrisCount() > 0) {
            throw new IllegalArgumentException(
                    "the executor needs " + command.getUris(0).getValue()
                            + " fetched, which Corral does not do: put the file on the host, and leave its URI out");
        }
        boolean docker = isDocker(executor.hasContainer(), executor.getContainer())
                || isDocker(
                        launch.getTaskInfo().hasContainer(),
                        launch.getTaskInfo().getContainer());
        if (docker || command.hasContainer()) {
            throw new IllegalArgumentException(
                    "the executor wants a container image, and Corral runs what is on the host: leave the image out");
        }
    }

    private static boolean isDocker(boolean present, Mesos.ContainerInfo container) {
        return present && container.getType() == Mesos.ContainerInfo.Type.DOCKER;
    }

    /** An executor talks to its agent by what the agent put into the environment. */
    private Map<String, String> environment(Mesos.CommandInfo command) {
        Map<String, String> variables = new HashMap<>(context.environment());
        variables.putIfAbsent("PATH", PATH);
        command.getEnvironment()
                .getVariablesList()
                .forEach(variable -> variables.put(variable.getName(), variable.getValue()));
        return variables;
    }

    private static Stdio output(Optional<Path> sandbox, String name) {
        return sandbox.map(directory -> Stdio.file(directory.resolve(name))).orElse(Stdio.DISCARD);
    }

    private static Optional<String> user(Calls.Launch launch, Mesos.ExecutorInfo executor) {
        if (launch.hasUser()) {
            return Optional.of(launch.getUser());
        }
        return executor.getCommand().hasUser()
                ? Optional.of(executor.getCommand().getUser())
                : Optional.empty();
    }
}
