package org.corral.containerizer.launcher;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import org.corral.cgroup.CgroupDir;
import org.corral.containerizer.state.Checkpoint;
import org.corral.containerizer.state.ProcessIdentity;
import org.corral.containerizer.state.StateStore;
import org.corral.core.ContainerId;
import org.corral.core.ExitStatus;
import org.corral.core.LaunchException;
import org.corral.core.LaunchRequest;
import org.corral.core.Rlimit;
import org.corral.core.isolator.Contribution;
import org.corral.core.isolator.RecoveredContainer;
import org.corral.core.launcher.ContainerProcess;
import org.corral.core.launcher.GatedProcess;
import org.corral.linux.Linux;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.event.Poller;
import org.corral.linux.namespace.HeldNamespaces;
import org.corral.linux.namespace.Namespaces;
import org.corral.linux.namespace.NewNamespaces;
import org.corral.linux.process.Gate;
import org.corral.linux.process.GatedChild;
import org.corral.linux.process.GatedNamespaces;
import org.corral.linux.process.Identity;
import org.corral.linux.process.PidFd;
import org.corral.linux.process.ProcStat;
import org.corral.linux.raw.SpawnPlan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a container's first process, waiting at a gate in the container's directory. Thread-safe. */
public final class Forker {

    private static final Logger LOG = LoggerFactory.getLogger(Forker.class);

    private final Linux linux;
    private final Poller poller;
    private final StateStore store;
    private final BiConsumer<ContainerId, ProcStat> onExit;
    private final Birth birth;

    /**
     * Makes processes whose exits a poller notices.
     *
     * @param onExit is told what /proc said of each when it had ended; on the poller's thread
     */
    public Forker(Linux linux, Poller poller, StateStore store, BiConsumer<ContainerId, ProcStat> onExit) {
        this.linux = linux;
        this.poller = poller;
        this.store = store;
        this.onExit = onExit;
        this.birth = new Birth(linux);
    }

    /**
     * Makes a process that waits at its gate.
     *
     * @param cgroup the v2 cgroup that it is to be born in where that is possible; it is in the agent's else
     */
    GatedProcess fork(ContainerId id, LaunchRequest request, Contribution contribution, Optional<CgroupDir> cgroup)
            throws LaunchException {
        OutputFiles files = outputFiles(id, request, contribution);
        try {
            Namespaces namespaces = new NewNamespaces(linux, contribution.namespaces());
            GatedChild child = birth.in(
                    cgroup,
                    files.plan(),
                    placed -> start(Gate.create(linux, store.directoryOf(id)), placed, namespaces));
            CompletionStage<Optional<ExitStatus>> exit = child.exit()
                    .whenComplete((status, failure) -> child.finalStat().ifPresent(stat -> onExit.accept(id, stat)));
            return limited(new Gated(child, files, exit), contribution);
        } catch (IOException | RuntimeException e) {
            files.remove();
            throw unmade(id, e);
        }
    }

    /** Makes another one, in the namespaces of a first process that waits at its own gate. */
    GatedProcess forkBeside(
            ContainerId id,
            ContainerProcess first,
            LaunchRequest request,
            Contribution contribution,
            Optional<CgroupDir> cgroup)
            throws LaunchException {
        OutputFiles files = outputFiles(id, request, contribution);
        try (HeldNamespaces namespaces = GatedNamespaces.of(linux, first.pid(), contribution.namespaces())) {
            GatedChild child = birth.in(
                    cgroup,
                    files.plan(),
                    placed -> start(Gate.createSecond(linux, store.directoryOf(id)), placed, namespaces));
            return limited(new Gated(child, files, child.exit()), contribution);
        } catch (IOException | RuntimeException e) {
            files.remove();
            throw unmade(id, e);
        }
    }

    /** What could not work is refused before they are made. */
    private OutputFiles outputFiles(ContainerId id, LaunchRequest request, Contribution contribution)
            throws LaunchException {
        try {
            Optional<Identity> user = request.user().isPresent()
                    ? Identity.find(linux, request.user().get())
                    : Optional.empty();
            SpawnPlan plan = SpawnPlanner.plan(request, contribution, user);
            return user.isPresent() ? OutputFiles.make(linux, plan, user.get()) : OutputFiles.ofTheChild(linux, plan);
        } catch (LaunchException e) {
            throw e;
        } catch (IOException e) {
            throw unmade(id, e);
        }
    }

    private GatedChild start(Gate gate, SpawnPlan plan, Namespaces namespaces) throws IOException {
        return GatedChild.start(linux, poller, gate, plan, namespaces);
    }

    /** The limits of the request are somebody else's to set. */
    private Gated limited(Gated process, Contribution contribution) throws IOException {
        try {
            for (Map.Entry<Rlimit, Rlimit.Limits> limit : contribution.rlimits().entrySet()) {
                linux.processes().setLimits(process.pid(), limit.getKey(), limit.getValue());
            }
            return process;
        } catch (IOException e) {
            process.abort();
            throw e;
        }
    }

    private static LaunchException unmade(ContainerId id, Exception cause) {
        return new LaunchException(
                LaunchException.Kind.FAILED,
                "no process could be made for container " + id + ": " + cause.getMessage(),
                cause);
    }

    Linux linux() {
        return linux;
    }

    /** {@return the first process of a container as it was written down in this boot; it may have ended} */
    Optional<ProcessIdentity> written(ContainerId id) throws IOException {
        Optional<Checkpoint> checkpoint = store.find(id);
        return checkpoint.isPresent() && checkpoint.get().isOfThisBoot(linux)
                ? checkpoint.get().init()
                : Optional.empty();
    }

    /** {@return the first process of a container of an earlier agent, empty if it has ended} */
    Optional<ContainerProcess> adopt(RecoveredContainer container) throws IOException {
        if (container.pid().isEmpty()) {
            return Optional.empty();
        }
        Optional<PidFd> held = PidFd.open(linux, container.pid().getAsInt());
        return held.isPresent()
                ? Optional.of(AdoptedProcess.of(container.pid().getAsInt(), held.get(), poller))
                : Optional.empty();
    }

    /** A gated child in the terms of the launcher interface. */
    private record Gated(GatedChild child, OutputFiles files, CompletionStage<Optional<ExitStatus>> exit)
            implements GatedProcess {

        @Override
        public int pid() {
            return child.pid();
        }

        @Override
        public void release() throws LaunchException {
            try {
                child.release();
                files.keep();
            } catch (IOException e) {
                files.remove();
                throw unreleased(e);
            }
        }

        private LaunchException unreleased(IOException cause) {
            String command = "command '" + files.plan().path() + "' ";
            return cause instanceof ErrnoException e
                    ? new LaunchException(kindOf(e), command + "cannot be executed: " + e.errno(), e)
                    : new LaunchException(
                            LaunchException.Kind.FAILED, command + "was not executed: " + cause.getMessage(), cause);
        }

        private static LaunchException.Kind kindOf(ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return LaunchException.Kind.COMMAND_NOT_FOUND;
            }
            return e.is(Errno.EACCES, Errno.ENOEXEC, Errno.EPERM, Errno.E2BIG)
                    ? LaunchException.Kind.COMMAND_NOT_EXECUTABLE
                    : LaunchException.Kind.FAILED;
        }

        @Override
        public void abort() {
            try {
                child.abort();
            } catch (IOException e) {
                LOG.warn("pid {} could not be sent away from its gate", child.pid(), e);
            }
            files.remove();
        }

        @Override
        public boolean signal(int number) throws IOException {
            return child.signal(number);
        }
    }
}
