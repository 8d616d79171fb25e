package org.corral.linux.process;

import static org.corral.linux.raw.Constants.EPOLLIN;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.corral.core.ExitStatus;
import org.corral.core.isolator.Namespace;
import org.corral.linux.Deadline;
import org.corral.linux.Linux;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;
import org.corral.linux.namespace.Namespaces;
import org.corral.linux.raw.SpawnPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child that waits at a {@link Gate} before it executes its program, and what becomes of it.
 *
 * <p>A JVM cannot fork: its other threads and its locks would be missing in the copy. It can posix_spawn(3), and a step
 * of that can block. So the child exists, with a pid, and can be put into cgroups, while it has not run one instruction
 * of its program.
 *
 * <p>Thread-safe.
 */
public final class GatedChild {

    private static final Logger LOG = LoggerFactory.getLogger(GatedChild.class);
    private static final int SIGKILL = 9;

    private static final Duration AT_THE_GATE = Duration.ofSeconds(30);
    private static final Duration THROUGH_THE_GATE = Duration.ofSeconds(60);

    private final Gate gate;
    private final GateThread thread;
    private final int pid;
    private final ChildExit exit;
    private final AtomicBoolean decided = new AtomicBoolean();

    private GatedChild(Gate gate, GateThread thread, int pid, ChildExit exit) {
        this.gate = gate;
        this.thread = thread;
        this.pid = pid;
        this.exit = exit;
    }

    /** Makes a child in the namespaces of this process. */
    public static GatedChild start(Linux linux, Poller poller, Gate gate, SpawnPlan plan) throws IOException {
        return start(linux, poller, gate, plan, Namespaces.OF_THE_AGENT);
    }

    /**
     * Makes a child that waits at a gate.
     *
     * @param poller notices its exit
     * @param gate a closed one that nobody waits at; this call and the child's end remove it
     * @param plan what the child is to do once it has passed. Where it has mounts of its own, the files that it opens are
     *     the host's all the same; its program and its working directory are what it sees itself
     * @param namespaces what it is in; the thread that enters them ends when the child has executed its program
     * @throws IOException if there could be no child, EAGAIN at a limit of processes among others, the plan's cgroup, and
     *     the namespaces; the gate is removed
     */
    public static GatedChild start(Linux linux, Poller poller, Gate gate, SpawnPlan plan, Namespaces namespaces)
            throws IOException {
        ChildActions actions = new ChildActions(gate, plan);
        if (!namespaces.kinds().contains(Namespace.MOUNT)) {
            return start(linux, poller, gate, new GateThread(linux, actions.complete(Optional.empty()), namespaces));
        }
        try (HostView view = HostView.open(linux)) {
            return start(linux, poller, gate, new GateThread(linux, actions.complete(Optional.of(view)), namespaces));
        }
    }

    private static GatedChild start(Linux linux, Poller poller, Gate gate, GateThread thread) throws IOException {
        thread.start();
        try {
            ArrivedChild arrived = ArrivedChild.await(linux, thread, AT_THE_GATE);
            ChildExit exit = new ChildExit(linux, arrived.pidFd());
            poller.watch(arrived.pidFd().fd(), EPOLLIN, exit);
            return new GatedChild(gate, thread, arrived.pid(), exit);
        } catch (IOException | RuntimeException e) {
            sendAway(gate, thread);
            throw e;
        }
    }

    /** Nobody said that it may pass, so it ends when the gate opens; which may have to wait for a free descriptor. */
    private static void sendAway(Gate gate, GateThread thread) throws IOException {
        Deadline deadline = Deadline.after(AT_THE_GATE);
        while (!thread.spawned().isDone() && !deadline.hasPassed()) {
            try {
                gate.tryOpen();
            } catch (ErrnoException e) {
                LOG.debug("a child cannot be sent away from its gate yet", e);
            }
            deadline.pause();
        }
        gate.remove();
    }

    /** {@return the child's process id, valid until {@link #exit} completes} */
    public int pid() {
        return pid;
    }

    /**
     * Lets the child pass, and returns when it has executed its program. Does nothing after {@link #abort}.
     *
     * @throws ErrnoException with the errno of the step that failed in the child: ENOENT or EACCES of execve(2), or of
     *     one of the plan's actions; the child is gone then
     * @throws IOException if it did not come through; it was killed then
     */
    public void release() throws IOException {
        if (decided.compareAndSet(false, true)) {
            open(gate::allow);
        }
    }

    /** Ends the child without its having executed its program. Does nothing after {@link #release}. */
    public void abort() throws IOException {
        if (decided.compareAndSet(false, true)) {
            try {
                open(gate::forbid);
            } catch (ErrnoException e) {
                LOG.debug("pid {} was sent away at its gate", pid, e); // ENOENT, as meant
            }
        }
    }

    /**
     * {@return how the child ended, when it has; empty if the kernel cannot tell}
     *
     * <p>Completes on the poller's thread: dependent stages must not block. Fails if the poller is closed before.
     */
    public CompletionStage<Optional<ExitStatus>> exit() {
        return exit.future();
    }

    /**
     * Sends the child a signal.
     *
     * @return whether it was still there; false too when the poller was closed
     * @throws ErrnoException EPERM, EINVAL for a number that is no signal
     */
    public boolean signal(int number) throws ErrnoException {
        return exit.signal(number);
    }

    /** {@return what /proc said of the child when it had ended, its CPU time and that of its children among it} */
    public Optional<ProcStat> finalStat() {
        return exit.finalStat();
    }

    /** A child that does not come through is killed: a step of its own may block for good, as the opening of a FIFO. */
    private void open(Word word) throws IOException {
        try {
            word.say();
            awaitOpened();
            GateThread.await(thread.spawned(), THROUGH_THE_GATE);
        } catch (IOException e) {
            if (!thread.spawned().isDone()) {
                signal(SIGKILL);
            }
            throw e;
        } finally {
            gate.remove();
        }
    }

    private void awaitOpened() throws IOException {
        Deadline deadline = Deadline.after(AT_THE_GATE);
        while (!thread.spawned().isDone() && !gate.tryOpen()) {
            if (deadline.hasPassed()) {
                throw new IOException("pid " + pid + " did not come to its gate in " + AT_THE_GATE.toSeconds() + " s");
            }
            deadline.pause();
        }
    }

    /** Tells the gate whether who waits there may pass. */
    private interface Word {
        void say() throws IOException;
    }
}
