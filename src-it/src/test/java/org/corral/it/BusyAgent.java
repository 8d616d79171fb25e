package org.corral.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.containerizer.Corral;
import org.corral.containerizer.CorralOptions;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.UnknownContainerException;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;
import org.corral.linux.Linux;

/**
 * An agent that recovers what it finds and then launches, updates, measures and destroys containers on several threads until
 * it is killed. What it knows it says at once: {@code L} a launch returned, {@code D} an end is asked for, {@code E} an end
 * was told, {@code R} a container was found. It says so in a file: a pipe would have no end as long as children that it left
 * at their gates have it open.
 */
final class BusyAgent {

    private static final int THREADS = 4;
    private static final int MOST = 10;

    private final Containerizer containers;
    private final MarkedProcesses marked;
    private final String session;
    private final OutputStream out;
    private final AtomicInteger count = new AtomicInteger();

    private BusyAgent(Containerizer containers, MarkedProcesses marked, String session, OutputStream out) {
        this.containers = containers;
        this.marked = marked;
        this.session = session;
        this.out = out;
    }

    /** Takes the name of the root, the runtime directory, a number that no agent before it had, and the file. */
    public static void main(String[] arguments) throws Exception {
        TestRoot root = new TestRoot(arguments[0], Path.of(arguments[1]));
        OutputStream out = new FileOutputStream(arguments[3], /* append= */ true);
        BusyAgent agent = new BusyAgent(open(root).containerizer(), MarkedProcesses.of(root), arguments[2], out);
        agent.recover();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(Long.parseLong(arguments[2]) * THREADS + i);
            new Thread(() -> agent.work(random)).start();
        }
    }

    private void recover() throws IOException {
        say("open");
        for (ContainerId id : containers.recover()) {
            say("R " + id + " " + pid(id));
            tellEnd(id);
        }
        say("recovered");
    }

    /** As the one agent of its root. */
    private static Corral open(TestRoot root) throws IOException {
        return Corral.open(
                Linux.ofThisHost(), CorralOptions.defaults(Host.stateOf(root)).withRoot(root.cgroup()));
    }

    /** In one write, so that no line is torn. */
    private void say(String line) {
        try {
            out.write((line + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void work(Random random) {
        while (true) {
            try {
                step(random);
            } catch (IOException | RuntimeException e) {
                say("failed " + e);
            }
        }
    }

    private void step(Random random) throws IOException {
        List<ContainerId> all = new ArrayList<>(containers.containers());
        int dice = random.nextInt(10);
        if (all.isEmpty() || (dice < 5 && all.size() < MOST)) {
            launch(Behaviour.any(random), random);
            return;
        }
        ContainerId id = all.get(random.nextInt(all.size()));
        if (dice < 7) {
            containers.update(id, Resources.NONE.withMemory(DataSize.ofMebibytes(64 + random.nextInt(64))));
        } else if (dice < 9) {
            measure(id);
        } else {
            say("D " + id);
            containers.destroy(id);
        }
    }

    private void measure(ContainerId id) throws IOException {
        try {
            containers.usage(id);
        } catch (UnknownContainerException e) {
            return; // it ended just now
        }
    }

    private void launch(Behaviour behaviour, Random random) throws IOException {
        ContainerId id = behaviour.id(session + "-" + count.incrementAndGet());
        LaunchRequest request = Host.command(behaviour.command(random))
                .environment(marked.environment())
                .resources(Resources.NONE
                        .withCpus(CpuAmount.parse("0.1"))
                        .withMemory(DataSize.ofMebibytes(64))
                        .withPids(20))
                .build();
        try {
            containers.launch(id, request);
        } catch (LaunchException e) {
            if (behaviour != Behaviour.MISSING && containers.containers().contains(id)) {
                throw e;
            }
            return; // its program is missing, or another thread destroyed it meanwhile
        }
        say("L " + id + " " + pid(id));
        tellEnd(id);
    }

    /** {@return 0 for one that has ended by now} */
    private int pid(ContainerId id) throws IOException {
        try {
            return containers.status(id).pid().orElse(0);
        } catch (UnknownContainerException e) {
            return 0;
        }
    }

    private void tellEnd(ContainerId id) {
        containers
                .wait(id)
                .thenAccept(end -> end.ifPresent(told -> say("E " + id + " "
                        + told.status().map(status -> status.shellCode()).orElse(-1))));
    }
}
