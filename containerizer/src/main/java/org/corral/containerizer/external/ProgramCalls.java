package org.corral.containerizer.external;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos;
import org.corral.containerizer.external.protocol.Frame;
import org.corral.containerizer.external.protocol.ResourceMessages;
import org.corral.containerizer.external.protocol.UsageMessages;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.usage.ContainerUsage;

/** The seven calls of the protocol. All but {@code wait} block until the program has ended. Thread-safe. */
final class ProgramCalls {

    private static final byte[] NOTHING = {};

    private final Program program;
    private final ExternalOptions options;

    ProgramCalls(Program program, ExternalOptions options) {
        this.program = program;
        this.options = options;
    }

    void launch(LaunchCall launch) throws IOException {
        program.start("launch", Frame.of(launch.message()), launch.sandbox(), launch.environment())
                .await(options.patience());
    }

    /** Starts the call that ends with the container. */
    ProgramCall startWait(ContainerId id, Optional<Path> sandbox) throws IOException {
        return start("wait", Calls.Wait.newBuilder().setContainerId(message(id)).build(), sandbox);
    }

    void update(ContainerId id, Optional<Path> sandbox, Resources totals) throws IOException {
        Calls.Update update = Calls.Update.newBuilder()
                .setContainerId(message(id))
                .addAllResources(ResourceMessages.of(totals))
                .build();
        start("update", update, sandbox).await(options.patience());
    }

    ContainerUsage usage(ContainerId id, Optional<Path> sandbox) throws IOException {
        Calls.Usage usage = Calls.Usage.newBuilder().setContainerId(message(id)).build();
        byte[] output = start("usage", usage, sandbox).await(options.patience());
        try {
            return UsageMessages.parse(parse("usage", output, Mesos.ResourceStatistics.parser()));
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + options.program() + " usage' answered with a time that is none", e);
        }
    }

    void destroy(ContainerId id, Optional<Path> sandbox) throws IOException {
        Calls.Destroy destroy =
                Calls.Destroy.newBuilder().setContainerId(message(id)).build();
        start("destroy", destroy, sandbox).await(options.patience());
    }

    void recover() throws IOException {
        program.start("recover", NOTHING, Optional.empty(), Map.of()).await(options.patience());
    }

    /** Returns when no call is left. */
    void awaitAll() {
        program.awaitCalls(options.patience());
    }

    /** {@return the names of the containers that the program has} */
    List<String> containers() throws IOException {
        byte[] output =
                program.start("containers", NOTHING, Optional.empty(), Map.of()).await(options.patience());
        return parse("containers", output, Calls.Containers.parser()).getContainersList().stream()
                .map(Mesos.ContainerID::getValue)
                .toList();
    }

    /** {@return what a {@code wait} answered} */
    Calls.Termination termination(byte[] output) throws IOException {
        return parse("wait", output, Calls.Termination.parser());
    }

    private ProgramCall start(String command, MessageLite input, Optional<Path> sandbox) throws IOException {
        return program.start(command, Frame.of(input), sandbox, Map.of());
    }

    private <T extends MessageLite> T parse(String command, byte[] output, Parser<T> parser) throws IOException {
        try {
            return Frame.parse(output, parser);
        } catch (IOException e) {
            throw new IOException(
                    "what '" + options.program() + " " + command + "' answered is not understood: " + e.getMessage(),
                    e);
        }
    }

    private static Mesos.ContainerID message(ContainerId id) {
        return Mesos.ContainerID.newBuilder().setValue(id.value()).build();
    }
}
