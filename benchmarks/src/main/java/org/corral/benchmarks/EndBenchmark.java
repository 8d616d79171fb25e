package org.corral.benchmarks;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.corral.core.ContainerId;
import org.corral.core.Containerizer;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.ContainerEvents;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Does the end of one container take longer where many others live? Baseline: the same with ten others. From the kill of
 * its first process to the event of its exit, from there to nothing being left, and a destroy.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 3)
public class EndBenchmark {

    private static final int SIGKILL = 9;
    private static final ContainerId ONE = ContainerId.of("one");

    /** How many other containers live. */
    @Param({"10", "1000"})
    private int others;

    private volatile CompletableFuture<Object> exited = new CompletableFuture<>();
    private LiveContainers live;
    private Containerizer containers;
    private ContainerEvents.Subscription subscription;

    /** Launches the others. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        live = new LiveContainers(others);
        containers = live.containers();
        subscription = live.host().corral().events().subscribe(this::happened);
    }

    private void happened(ContainerEvent event) {
        if (event instanceof ContainerEvent.Exited && event.id().equals(ONE)) {
            exited.complete(event);
        }
    }

    /** Launches the one, not measured. */
    @Setup(Level.Invocation)
    public void launch() throws IOException {
        exited = new CompletableFuture<>();
        containers.launch(ONE, LiveContainers.SLEEPING);
    }

    /** Ends the one as far as it still lives, not measured. */
    @TearDown(Level.Invocation)
    public void end() {
        containers.destroy(ONE).toCompletableFuture().join();
    }

    /** Leaves nothing behind. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        subscription.close();
        live.close();
    }

    /** From SIGKILL to the event that it has exited. */
    @Benchmark
    public Object killToExitedEvent() throws IOException {
        containers.kill(ONE, SIGKILL);
        return exited.join();
    }

    /** From SIGKILL to the termination, when nothing of it is left. */
    @Benchmark
    public Object killToTermination() throws IOException {
        CompletableFuture<?> termination = containers.wait(ONE).toCompletableFuture();
        containers.kill(ONE, SIGKILL);
        return termination.join();
    }

    /** A destroy until nothing of it is left. */
    @Benchmark
    public Object destroy() {
        return containers.destroy(ONE).toCompletableFuture().join();
    }
}
