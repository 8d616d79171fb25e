package org.corral.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.corral.containerizer.Corral;
import org.corral.containerizer.isolator.Isolation;
import org.corral.containerizer.lifecycle.CorralContainerizer;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.unit.CpuAmount;
import org.corral.core.unit.DataSize;

/**
 * An agent with many containers, each of whose launches, or ends, is stopped one call to the kernel later than the one before:
 * the first before anything has changed, the last not at all. It says what became of each, and waits to be killed.
 */
final class StoppedAgent {

    private static final int MOST = 400;
    private static final int SECONDS = 20;

    private final StoppingLinux stopping = new StoppingLinux();
    private final AtomicInteger callsOfWorkers = new AtomicInteger(Integer.MAX_VALUE);
    private final Containerizer containers;
    private final LaunchRequest request;
    private CountDownLatch settled = new CountDownLatch(0);
    private boolean stopped;

    private StoppedAgent(TestRoot root, String isolation) throws IOException {
        Corral corral = Corral.open(stopping.linux(), Host.options(root).withIsolation(Isolation.parse(isolation)));
        StateStore store = new StateStore(Host.stateOf(root).resolve(root.stateFolder()));
        Executor workers = work -> start(callsOfWorkers.get(), work);
        containers = new CorralContainerizer(stopping.linux(), corral.containment(), store, workers, event -> {});
        request = Host.command("sleep", "1000")
                .environment(MarkedProcesses.of(root).environment())
                .resources(Resources.NONE
                        .withCpus(CpuAmount.parse("0.5"))
                        .withMemory(DataSize.ofMebibytes(64))
                        .withPids(20))
                .build();
    }

    /** Takes the name of the root, the runtime directory, the isolation, and what is to be stopped. */
    public static void main(String[] arguments) throws Exception {
        TestRoot root = new TestRoot(arguments[0], Path.of(arguments[1]));
        StoppedAgent agent = new StoppedAgent(root, arguments[2]);
        agent.warmUp();
        boolean launches = arguments[3].equals("launch");
        int number = 0;
        do {
            int calls = number++;
            ContainerId id = ContainerId.of("c-" + calls);
            if (launches) {
                agent.launch(id, calls);
            } else {
                agent.end(id, calls);
            }
        } while (agent.stopped && number < MOST);
        say("ready " + number);
        Thread.sleep(Long.MAX_VALUE);
    }

    /** What is made once and held, as classes are, must not be stopped half-way. */
    private void warmUp() throws Exception {
        ContainerId id = ContainerId.of("warm");
        containers.launch(id, request);
        containers.destroy(id).toCompletableFuture().get();
    }

    private void launch(ContainerId id, int calls) throws InterruptedException {
        begin();
        start(calls, () -> {
            try {
                containers.launch(id, request);
                say("launched " + id + " " + containers.status(id).pid().orElseThrow());
            } catch (IOException e) {
                say("failed " + id + " " + e);
            }
            settled.countDown();
        });
        await(id);
    }

    private void end(ContainerId id, int calls) throws Exception {
        containers.launch(id, request);
        say("launched " + id + " " + containers.status(id).pid().orElseThrow());
        begin();
        callsOfWorkers.set(calls);
        containers.destroy(id).whenComplete((end, failure) -> {
            say(failure == null ? "ended " + id : "failed " + id + " " + failure);
            settled.countDown();
        });
        await(id);
        callsOfWorkers.set(Integer.MAX_VALUE);
    }

    private void begin() {
        settled = new CountDownLatch(1);
        stopped = false;
    }

    private void start(int calls, Runnable work) {
        Thread thread = new Thread(() -> {
            stopping.allow(calls, this::stop);
            work.run();
        });
        thread.setDaemon(true);
        thread.start();
    }

    private void stop(String call) {
        stopped = true;
        say("stopped before " + call);
        settled.countDown();
    }

    private void await(ContainerId id) throws InterruptedException {
        if (!settled.await(SECONDS, TimeUnit.SECONDS)) {
            say("failed " + id + " hangs");
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
