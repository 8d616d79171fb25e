package org.corral.linux.process;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.corral.linux.Linux;
import org.corral.linux.namespace.Namespaces;
import org.corral.linux.raw.SpawnPlan;

/**
 * The thread that makes a child. posix_spawn(3) returns only when the child has executed its program, so while the child
 * waits at its gate this thread waits with it, in the kernel and not interruptible.
 *
 * <p>It has no inheritable capabilities, whatever the agent has, and so the child has none: programs that the child's user
 * executes could get them from files (CVE-2022-29162).
 */
final class GateThread extends Thread {

    /** How the name of the thread begins, and that of its child until it executes its program. */
    static final String PREFIX = "corral-gate-";

    private static final AtomicLong COUNT = new AtomicLong();

    private final Linux linux;
    private final SpawnPlan plan;
    private final Namespaces namespaces;
    private final CompletableFuture<Integer> threadId = new CompletableFuture<>();
    private final CompletableFuture<Integer> spawned = new CompletableFuture<>();

    /** The name must fit in the 15 bytes of a {@code comm}: the child shows it until it executes its program. */
    GateThread(Linux linux, SpawnPlan plan, Namespaces namespaces) {
        super(PREFIX + Long.toString(COUNT.incrementAndGet() % 46656, 36));
        setDaemon(true);
        this.linux = linux;
        this.plan = plan;
        this.namespaces = namespaces;
    }

    @Override
    public void run() {
        try {
            threadId.complete(kernelThreadId());
            linux.processes().dropInheritableCapabilities();
            namespaces.enter();
            spawned.complete(linux.processes().spawn(plan));
        } catch (IOException | RuntimeException | Error e) {
            threadId.completeExceptionally(e);
            spawned.completeExceptionally(e);
        }
    }

    /** {@code /proc/thread-self} is a link to {@code <pid>/task/<tid>} (Linux 3.17). */
    private int kernelThreadId() throws IOException {
        return Integer.parseInt(Files.readSymbolicLink(linux.path("/proc/thread-self"))
                .getFileName()
                .toString());
    }

    /** {@return the kernel's id of this thread} */
    CompletableFuture<Integer> threadId() {
        return threadId;
    }

    /** {@return the child's pid once it has executed its program; failed with the errno of the step that failed} */
    CompletableFuture<Integer> spawned() {
        return spawned;
    }

    /**
     * Waits for one of the two.
     *
     * @throws IOException the reason why it failed, with the errno if it has one; or that the time is over
     */
    static int await(CompletableFuture<Integer> future, Duration time) throws IOException {
        try {
            return future.copy().orTimeout(time.toNanos(), TimeUnit.NANOSECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IOException told) {
                throw told;
            }
            throw new IOException("the child was not made: " + e.getCause(), e.getCause());
        }
    }
}
