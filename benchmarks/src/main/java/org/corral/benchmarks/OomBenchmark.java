package org.corral.benchmarks;

import static org.corral.linux.raw.Constants.EPOLLIN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.CgroupPath;
import org.corral.cgroup.CgroupTree;
import org.corral.cgroup.EventControl;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.layout.Controller;
import org.corral.core.ContainerId;
import org.corral.core.LaunchRequest;
import org.corral.core.Resources;
import org.corral.core.Stdio;
import org.corral.core.event.ContainerEvent;
import org.corral.core.event.ContainerEvents;
import org.corral.core.unit.DataSize;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;
import org.corral.linux.event.Epoll;
import org.corral.linux.event.EventFd;
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
 * How soon is an OOM kill told? The clock starts when this thread, which from the kernel's own notification on reads
 * {@code memory.oom_control} again and again, sees the kill counted, and stops when the listener's event has woken it. From the
 * notification to the kill the kernel may take milliseconds, above all to print its report, which are not measured. Baseline:
 * the same among ten containers. Needs the memory controller on v1.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 2)
@Measurement(iterations = 5, time = 5)
public class OomBenchmark {

    private static final ContainerId HOG = ContainerId.of("hog");

    /** How many other containers live. */
    @Param({"10", "1000"})
    private int others;

    /** Who is killed: the container's first process, whose end is noticed too, or a child of it. */
    @Param({"first", "child"})
    private String victim;

    private final Linux linux = Linux.ofThisHost();
    private volatile CompletableFuture<Object> killed = new CompletableFuture<>();
    private LiveContainers live;
    private Path gate;
    private ContainerEvents.Subscription subscription;

    /** Launches the others. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        live = new LiveContainers(others);
        gate = Files.createTempDirectory("corral-oom").resolve("gate");
        linux.files().makeFifo(gate.toString(), 0600);
        subscription = live.host().corral().events().subscribe(this::happened);
    }

    private void happened(ContainerEvent event) {
        if (event instanceof ContainerEvent.OomKilled && event.id().equals(HOG)) {
            killed.complete(event);
        }
    }

    /** {@return a command that takes all memory there is, once somebody writes to the gate} */
    private LaunchRequest request() {
        String take = victim.equals("first") ? "exec tail /dev/zero" : "tail /dev/zero; sleep 100000";
        return LaunchRequest.builder(List.of("/bin/sh", "-c", "read go < " + gate + "; " + take))
                .stdio(Stdio.DISCARD, Stdio.DISCARD, Stdio.DISCARD)
                .resources(Resources.NONE.withMemory(DataSize.ofMebibytes(32)))
                .build();
    }

    /** Launches the hog, and waits until the kernel has killed it. */
    @Setup(Level.Invocation)
    public void awaitOom() throws IOException {
        killed = new CompletableFuture<>();
        live.containers().launch(HOG, request());
        CgroupPath root = CgroupPath.of(live.host().corral().root().path());
        CgroupTree tree = new CgroupTree(linux, live.host().corral().layout(), root);
        try (Cgroup cgroup = tree.open(HOG.value()).orElseThrow();
                EventFd oom = new EventControl(
                                linux, cgroup.directory(Controller.MEMORY).orElseThrow())
                        .connect("memory.oom_control", "");
                Epoll epoll = Epoll.create(linux)) {
            epoll.add(oom.fd(), EPOLLIN, 0);
            Files.writeString(gate, "go\n");
            epoll.await(-1);
            awaitCounted(MemoryController.of(cgroup.files(Controller.MEMORY).orElseThrow()));
        }
    }

    /** Or until the cgroup is gone: then the kill was told and the container ended meanwhile. */
    private static void awaitCounted(MemoryController memory) throws IOException {
        try {
            while (memory.events().oomKill().equals(OptionalLong.of(0))) {
                Thread.onSpinWait();
            }
        } catch (ErrnoException e) {
            if (e.kind() != FailureKind.GONE) {
                throw e;
            }
        }
    }

    /** From the counted kill to the event. */
    @Benchmark
    public Object oomToEvent() {
        return killed.join();
    }

    /** Ends what is left of the hog, not measured. */
    @TearDown(Level.Invocation)
    public void end() {
        live.containers().destroy(HOG).toCompletableFuture().join();
    }

    /** Leaves nothing behind. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        subscription.close();
        live.close();
        Files.delete(gate);
        Files.delete(gate.getParent());
    }
}
