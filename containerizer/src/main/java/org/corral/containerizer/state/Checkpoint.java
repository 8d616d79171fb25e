package org.corral.containerizer.state;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.corral.core.ContainerId;
import org.corral.core.Resources;
import org.corral.core.TerminationReason;
import org.corral.linux.Linux;
import org.corral.linux.process.ProcStat;

/**
 * What is written down about a container, for another agent or another terminal to find it again. Immutable.
 *
 * @param version of this format
 * @param id the container
 * @param bootId the boot in which it was made: process ids of another one mean nothing
 * @param owner the agent
 * @param init its first process, empty before it was made
 * @param root the cgroup it is in, as {@code /corral}; empty if it is in none
 * @param isolation the isolators' names, in their order
 * @param resources what it is to have
 * @param command the program and its arguments
 * @param directory its working directory, absolute; empty if it was given none, or launched by a release that did not
 *     write that down
 * @param launchedAt when its launch began
 * @param destroyRequested whether somebody has asked for its end
 * @param endReason why it is to end; empty if nobody has asked for that, or somebody with a release that did not write it down
 */
public record Checkpoint(
        int version,
        ContainerId id,
        String bootId,
        ProcessIdentity owner,
        Optional<ProcessIdentity> init,
        String root,
        List<String> isolation,
        Resources resources,
        List<String> command,
        Optional<Path> directory,
        Instant launchedAt,
        boolean destroyRequested,
        Optional<TerminationReason> endReason) {

    /** The format that this release writes. */
    public static final int VERSION = 1;

    /** Copies the lists and refuses what is not there, as in a file that somebody edited. */
    public Checkpoint {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(bootId, "bootId");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(init, "init");
        Objects.requireNonNull(root, "root");
        Objects.requireNonNull(resources, "resources");
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(launchedAt, "launchedAt");
        Objects.requireNonNull(endReason, "endReason");
        isolation = List.copyOf(isolation);
        command = List.copyOf(command);
    }

    /** {@return whether the agent that owns it runs} */
    public boolean isOwned(Linux linux) throws IOException {
        return isOfThisBoot(linux) && owner.isAlive(linux);
    }

    /** {@return its first process if that runs} */
    public Optional<ProcessIdentity> livingInit(Linux linux) throws IOException {
        return init.isPresent() && isOfThisBoot(linux) && init.get().isAlive(linux) ? init : Optional.empty();
    }

    /** {@return what is to be said of its first process, empty if that is gone; it may have ended and wait to be reaped} */
    public Optional<ProcStat> findInit(Linux linux) throws IOException {
        return init.isPresent() && isOfThisBoot(linux) ? init.get().find(linux) : Optional.empty();
    }

    /**
     * {@return whether its process ids mean something now} The numbers of another boot belong to other processes, and those
     * may even have started at the same tick.
     */
    public boolean isOfThisBoot(Linux linux) throws IOException {
        return bootId.equals(BootId.of(linux));
    }

    /** {@return this checkpoint with the first process} */
    public Checkpoint withInit(ProcessIdentity process) {
        return with(owner, Optional.of(process), resources, wish());
    }

    /** {@return this checkpoint with another owner} */
    public Checkpoint withOwner(ProcessIdentity agent) {
        return with(agent, init, resources, wish());
    }

    /** {@return this checkpoint with other resources} */
    public Checkpoint withResources(Resources wanted) {
        return with(owner, init, wanted, wish());
    }

    /** {@return why somebody wants it to end, empty if nobody does} */
    public Optional<TerminationReason> wish() {
        return destroyRequested ? Optional.of(endReason.orElse(TerminationReason.DESTROYED)) : Optional.empty();
    }

    /** {@return this checkpoint with the wish that the container end; the first reason is kept} */
    public Checkpoint withWish(TerminationReason reason) {
        return with(owner, init, resources, Optional.of(wish().orElse(reason)));
    }

    private Checkpoint with(
            ProcessIdentity agent,
            Optional<ProcessIdentity> process,
            Resources wanted,
            Optional<TerminationReason> wish) {
        return new Checkpoint(
                version,
                id,
                bootId,
                agent,
                process,
                root,
                isolation,
                wanted,
                command,
                directory,
                launchedAt,
                wish.isPresent(),
                wish);
    }
}
