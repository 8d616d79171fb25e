package org.corral.containerizer.cli.external;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import org.corral.core.Resources;
import org.corral.linux.Linux;

/**
 * What a call finds around it. Immutable.
 *
 * @param linux the kernel
 * @param options how containers are made
 * @param cfs whether the CPUs of a container are a limit too and not a share alone
 * @param environment the variables that the agent gave
 * @param ownEnvironment the variables that this process has, which the launcher script may have changed
 * @param arguments the arguments of this process without the name of the call, to start another one like it
 * @param in where the agent's message comes from
 * @param out where the answer goes
 * @param err where remarks go
 */
public record ProgramContext(
        Linux linux,
        CorralOptions options,
        boolean cfs,
        Map<String, String> environment,
        Map<String, String> ownEnvironment,
        List<String> arguments,
        InputStream in,
        PrintStream out,
        PrintStream err) {

    /** Copies what could change. */
    public ProgramContext {
        environment = Map.copyOf(environment);
        ownEnvironment = Map.copyOf(ownEnvironment);
        arguments = List.copyOf(arguments);
    }

    Corral open() throws IOException {
        return Corral.open(linux, options);
    }

    /** {@return the records of the containers that this agent has launched with this root} */
    RecordStore records() {
        String agent = environment.getOrDefault("MESOS_WORK_DIRECTORY", "");
        return RecordStore.of(options.runtimeDirectory(), options.root(), agent);
    }

    /** {@return the resources with the CPU limit that goes with the share, where that is wanted} */
    Resources limited(Resources resources) {
        return cfs && resources.cpus().isPresent()
                ? resources.withCpuLimit(resources.cpus().get())
                : resources;
    }
}
