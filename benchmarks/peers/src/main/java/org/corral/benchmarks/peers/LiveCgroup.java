package org.corral.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.corral.benchmarks.ManyCgroups;
import org.corral.cgroup.Cgroup;
import org.corral.cgroup.controller.CpuacctController;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.layout.Controller;
import org.corral.cgroup.sample.UsageColumn;
import org.corral.cgroup.sample.UsageSampler;
import org.corral.linux.Linux;

/** A cgroup with four processes in it that have worked and now wait: what YARN and OSHI would call a container. */
final class LiveCgroup implements AutoCloseable {

    /** How far two readings of {@link #memory} may differ, one after the other: the kernel counts ahead for each CPU. */
    static final long MEMORY_TOLERANCE = 1 << 20;

    private static final int CHILDREN = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Linux linux = Linux.ofThisHost();
    private final ManyCgroups one = new ManyCgroups(linux, 1);
    private final IdleProcesses processes = new IdleProcesses(CHILDREN);
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Whatever fails later, nothing of it outlives this process. */
    LiveCgroup() throws IOException, InterruptedException {
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeAtExit));
        cgroup().attach(processes.pid());
        processes.work();
        awaitIdleness();
    }

    /** Between what they tell and their wait there are some instructions. */
    private void awaitIdleness() throws IOException, InterruptedException {
        Duration before;
        do {
            before = cpuTime();
            Thread.sleep(50);
        } while (!cpuTime().equals(before));
    }

    Cgroup cgroup() {
        return one.all().get(0);
    }

    /** {@return the process that all others are descendants of} */
    int firstPid() {
        return processes.pid();
    }

    /** {@return a sampler that reads the files of these columns} */
    UsageSampler sampler(Set<UsageColumn> columns) {
        return new UsageSampler(linux, one.layout(), columns);
    }

    /** {@return what the kernel says} */
    Duration cpuTime() throws IOException {
        return CpuacctController.of(cgroup().files(Controller.CPUACCT).orElseThrow())
                .usage()
                .total()
                .orElseThrow();
    }

    /** {@return what the kernel says, in bytes} */
    long memory() throws IOException {
        return MemoryController.of(cgroup().files(Controller.MEMORY).orElseThrow())
                .used()
                .orElseThrow();
    }

    private void closeAtExit() {
        try {
            close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (closed.compareAndSet(false, true)) {
            processes.close();
            cgroup().killAll(PATIENCE);
            one.close();
        }
    }
}
