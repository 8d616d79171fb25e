package org.corral.containerizer.cli.external;

import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.util.Optional;
import org.corral.containerizer.Corral;
import org.corral.containerizer.external.message.Calls;
import org.corral.containerizer.external.message.Mesos;
import org.corral.containerizer.external.protocol.Frame;
import org.corral.containerizer.external.protocol.ResourceMessages;
import org.corral.containerizer.external.protocol.UsageMessages;
import org.corral.containerizer.lifecycle.ForeignContainer;
import org.corral.core.ContainerId;
import org.corral.core.Resources;

/** An external containerizer program: the calls of the protocol, one for each process. Confined to one thread. */
public final class ExternalProgram {

    /** The call by which this program starts itself once more, to own a container. Not for agents. */
    static final String SUPERVISE = "supervise";

    private final ProgramContext context;
    private final RecordStore records;

    /** Makes it for one call. */
    public ExternalProgram(ProgramContext context) {
        this.context = context;
        this.records = context.records();
    }

    /**
     * Answers a call.
     *
     * @throws IOException with the reason why it cannot be done
     * @throws IllegalArgumentException for an unknown command, or a value that cannot be used
     */
    public void run(String command) throws IOException {
        switch (command) {
            case "launch" -> launch(Frame.read(context.in(), Calls.Launch.parser()));
            case "wait" ->
                waitFor(id(Frame.read(context.in(), Calls.Wait.parser()).getContainerId()));
            case "update" -> update(Frame.read(context.in(), Calls.Update.parser()));
            case "usage" ->
                usage(id(Frame.read(context.in(), Calls.Usage.parser()).getContainerId()));
            case "destroy" ->
                destroy(id(Frame.read(context.in(), Calls.Destroy.parser()).getContainerId()));
            case "containers" -> containers();
            case "recover" -> sweep();
            case SUPERVISE -> new Supervision(context).run();
            default ->
                throw new IllegalArgumentException("command '" + command
                        + "' is unknown: give launch, wait, update, usage, destroy, containers or recover");
        }
    }

    private static ContainerId id(Mesos.ContainerID message) {
        return ContainerId.of(message.getValue());
    }

    private void launch(Calls.Launch launch) throws IOException {
        ContainerId id = id(launch.getContainerId());
        new ExecutorRequest(context).of(launch); // refused before anything is made
        sweep();
        if (!records.create(id)) {
            throw new IOException("container " + id + " exists already");
        }
        boolean runs = false;
        try {
            new SupervisorStart(context).run(id, launch);
            runs = true;
        } catch (IOException e) {
            throw new IOException("container " + id + " was not launched: " + e.getMessage(), e);
        } finally {
            if (!runs) {
                records.remove(id);
            }
        }
    }

    /** The end is forgotten once it has been told. */
    private void waitFor(ContainerId id) throws IOException {
        answer(new EndWait(context).await(id));
        records.remove(id);
    }

    private void update(Calls.Update update) throws IOException {
        Resources wanted = context.limited(ResourceMessages.parse(update.getResourcesList()));
        try (Corral corral = context.open();
                ForeignContainer container = attach(corral, id(update.getContainerId()))) {
            container.update(wanted);
        }
    }

    private void usage(ContainerId id) throws IOException {
        try (Corral corral = context.open();
                ForeignContainer container = attach(corral, id)) {
            Resources resources = container.checkpoint().resources();
            answer(UsageMessages.of(container.usage(), resources.cpuLimit().or(resources::cpus)));
        }
    }

    private ForeignContainer attach(Corral corral, ContainerId id) throws IOException {
        return corral.attach(id).orElseThrow(() -> new IOException("container " + id + " does not run"));
    }

    /** One that is gone is destroyed already. */
    private void destroy(ContainerId id) throws IOException {
        try (Corral corral = context.open()) {
            Optional<ForeignContainer> container = corral.attach(id);
            if (container.isPresent()) {
                destroy(container.get());
            } else {
                context.err().println("corral: container " + id + " does not run");
            }
        }
        records.markDestroyed(id);
    }

    private static void destroy(ForeignContainer container) throws IOException {
        try (container) {
            container.destroy();
        }
    }

    private void containers() throws IOException {
        Calls.Containers.Builder containers = Calls.Containers.newBuilder();
        for (ContainerId id : records.list()) {
            if (!records.isOver(id)) {
                containers.addContainers(Mesos.ContainerID.newBuilder().setValue(id.value()));
            }
        }
        answer(containers.build());
    }

    /** Agents end the wait of a container that they have had destroyed, so that its end may not have been told. */
    private void sweep() throws IOException {
        for (ContainerId id : records.list()) {
            if (records.isStale(id)) {
                records.remove(id);
            }
        }
    }

    private void answer(MessageLite message) throws IOException {
        byte[] frame = Frame.of(message);
        context.out().write(frame, 0, frame.length);
        context.out().flush();
        if (context.out().checkError()) {
            throw new IOException("the answer could not be written: the agent does not listen");
        }
    }
}
