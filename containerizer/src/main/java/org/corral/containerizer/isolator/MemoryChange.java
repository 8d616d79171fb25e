package org.corral.containerizer.isolator;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.corral.cgroup.controller.ControlFiles;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.cgroup.controller.Limit;
import org.corral.cgroup.controller.MemoryController;
import org.corral.cgroup.layout.CgroupVersion;
import org.corral.cgroup.limit.LimitPlan;
import org.corral.cgroup.limit.LimitWriter;
import org.corral.core.MemoryInUseException;
import org.corral.core.MemoryLowering;
import org.corral.core.isolator.LimitChange;
import org.corral.core.isolator.LimitStep;
import org.corral.core.unit.DataSize;
import org.corral.linux.Deadline;
import org.corral.linux.errno.Errno;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A change of memory limits; a hard one that is to be lowered goes by the policy. Confined to one thread. */
final class MemoryChange implements LimitChange {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryChange.class);
    private static final Set<String> HARD = Set.of("memory.limit_in_bytes", "memory.max");

    private final Place place;
    private final MemoryController memory;
    private final WantedMemory wanted;
    private final MemoryLowering policy;
    private final Optional<Limit> current;
    private final LimitPlan plan;

    /** Looks at the limit that there is. Others may have written since the last change: a command in another terminal. */
    MemoryChange(Place place, WantedMemory wanted, MemoryLowering policy) throws IOException {
        this.place = place;
        this.memory = MemoryController.of(place.files);
        this.wanted = wanted;
        this.policy = policy;
        this.current = memory.hardLimit();
        place.writer.forget();
        this.plan = place.writer.plan();
        fill();
    }

    private void fill() throws IOException {
        try {
            boolean stays =
                    isKept() || (wanted.hard().isEmpty() && wanted.total().isPresent());
            wanted.fill(plan.clear(), stays ? current : wanted.hard());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Of a limit that the kernel does not tell nobody can say so: it is written as it is wanted. */
    private boolean isLowered() {
        return wanted.hard()
                .flatMap(hard -> current.filter(limit -> hard.compareTo(limit) < 0))
                .isPresent();
    }

    private boolean isKept() {
        return isLowered() && policy == MemoryLowering.KEEP;
    }

    private long lowered() {
        return wanted.hard().orElseThrow().value().orElseThrow();
    }

    @Override
    public List<LimitStep> steps() throws IOException {
        if (!isLowered()) {
            return plan.steps();
        }
        String human = DataSize.ofBytes(lowered()).toHumanString();
        long used = memory.used().orElse(0);
        boolean refused = policy == MemoryLowering.REFUSE && used > lowered();
        String why = refused
                ? DataSize.ofBytes(used).toHumanString() + " are used: an update to " + human + " fails"
                : "lowered to " + human + " it could kill: the memory policy is keep";
        return plan.steps().stream()
                .map(step -> HARD.contains(step.file()) && (isKept() || refused)
                        ? LimitStep.kept(step.file(), step.from(), why)
                        : step)
                .toList();
    }

    @Override
    public void apply() throws IOException {
        switch (isLowered() ? policy : MemoryLowering.FORCE) {
            case REFUSE -> {
                requireFits();
                write();
            }
            case RECLAIM -> reclaim(Deadline.after(place.patience));
            default -> write();
        }
        remark();
    }

    private void write() throws IOException {
        if (!plan.apply()) {
            throw failure();
        }
    }

    /** v1 tells by EBUSY that it could not take back enough; forced or not, that is what there is to say. */
    private IOException failure() throws IOException {
        IOException failure = Outcomes.failure(plan.outcomes());
        if (!isLowered() || !isBusy()) {
            return failure;
        }
        IOException inUse = inUse();
        inUse.initCause(failure);
        Outcomes.left(plan.outcomes()).forEach(inUse::addSuppressed);
        return inUse;
    }

    private boolean isBusy() {
        return plan.outcomes().stream()
                .anyMatch(outcome -> HARD.contains(outcome.file()) && outcome.isRefusedWith(Errno.EBUSY));
    }

    private MemoryInUseException inUse() throws IOException {
        return new MemoryInUseException(
                DataSize.ofBytes(lowered()), DataSize.ofBytes(memory.used().orElse(lowered())));
    }

    private void requireFits() throws IOException {
        if (memory.used().orElse(0) > lowered()) {
            throw inUse();
        }
    }

    private void reclaim(Deadline deadline) throws IOException {
        if (place.files.version() == CgroupVersion.V2) {
            try (HighReclaim high = new HighReclaim(place.files)) {
                high.reclaim(lowered(), deadline);
                requireFits();
                write();
            }
        } else {
            writeRepeatedly(deadline);
        }
    }

    /** v1 takes back with each write what it can, and answers EBUSY while that is not enough. */
    private void writeRepeatedly(Deadline deadline) throws IOException {
        while (!plan.apply()) {
            if (!isBusy() || deadline.hasPassed()) {
                throw failure();
            }
            deadline.pauseInterruptibly();
            fill();
        }
    }

    private void remark() {
        List<KnobOutcome> outcomes = plan.outcomes();
        Outcomes.remark(outcomes);
        outcomes.stream()
                .filter(outcome -> outcome.file().matches(".*(soft|low).*"))
                .forEach(this::remarkSoft);
    }

    private void remarkSoft(KnobOutcome soft) {
        if (isKept() && !(soft instanceof KnobOutcome.Unchanged)) {
            LOG.warn(
                    "the hard memory limit stays at {}: lowered, it could kill; {}",
                    HumanSize.of(current.orElse(Limit.NONE).value()),
                    soft.isApplied() ? "the soft limit was lowered instead" : "a soft one this kernel does not have");
        }
        wanted.remark(soft);
    }

    @Override
    public void undo() throws IOException {
        new PlannedLimits(plan).undo();
    }

    /**
     * Where limits are written, and use is read.
     *
     * @param patience how long memory is taken back at most
     */
    record Place(LimitWriter writer, ControlFiles files, Duration patience) {}
}
