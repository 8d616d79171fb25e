package org.corral.cgroup.limit;

import java.io.IOException;
import java.util.Objects;
import java.util.OptionalLong;
import org.corral.cgroup.controller.KnobOutcome;
import org.corral.core.isolator.LimitStep;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;
import org.jspecify.annotations.Nullable;

/** A value that a plan wants in one file, and what became of it. Used again for other values. Confined to the plan's thread. */
final class PlannedLimit {

    private enum State {
        UNUSED,
        WANTED,
        UNCHANGED,
        UNSUPPORTED,
        REFUSED,
        TO_WRITE,
        IN_ORDER,
        WRITTEN,
        UNDONE,
        NOT_UNDONE
    }

    private final LimitWriter writer;
    private final KeptLimit kept;
    private State state = State.UNUSED;
    private long wanted;
    private long before;
    private String note = "";
    private @Nullable ErrnoException failure;

    PlannedLimit(LimitWriter writer, LimitFile file) {
        this.writer = writer;
        this.kept = writer.file(file);
    }

    void want(long value) {
        wanted = value;
        state = State.WANTED;
        note = "";
        failure = null;
    }

    void clear() {
        state = State.UNUSED;
    }

    boolean isUsed() {
        return state != State.UNUSED;
    }

    /** {@return whether it is to be written and has no place in the order yet} */
    boolean isToWrite() {
        return state == State.TO_WRITE;
    }

    /** {@return whether without it the plan fails: refused, or missing where something depends on it} */
    boolean isInTheWay() {
        boolean dispensable = kept.file.isSoft() || wanted == Notation.NONE;
        return state == State.REFUSED || (state == State.UNSUPPORTED && !dispensable);
    }

    LimitFile file() {
        return kept.file;
    }

    long wanted() {
        return wanted;
    }

    long before() {
        return before;
    }

    /** Looks at what the kernel holds. */
    void look() throws IOException {
        try {
            kept.know(writer.text);
        } catch (ErrnoException e) {
            refused(e);
            return;
        }
        before = kept.held();
        if (!kept.isThere()) {
            state = State.UNSUPPORTED;
        } else {
            state = kept.holds(wanted) ? State.UNCHANGED : State.TO_WRITE;
        }
    }

    /** Gives it a place in the order. */
    void order(String reason) {
        state = State.IN_ORDER;
        note = reason;
    }

    /** {@return whether the value is in the file now} */
    boolean write() throws IOException {
        try {
            kept.write(wanted, writer.text);
            state = kept.isThere() ? State.WRITTEN : State.UNSUPPORTED;
        } catch (ErrnoException e) {
            refused(e);
        }
        return !isInTheWay();
    }

    private void refused(ErrnoException e) throws ErrnoException {
        if (e.kind() == FailureKind.GONE) {
            throw e;
        }
        failure = e;
        state = e.kind() == FailureKind.UNSUPPORTED ? State.UNSUPPORTED : State.REFUSED;
    }

    boolean isRefusedWith(Errno errno) {
        return state == State.REFUSED && failure != null && failure.is(errno);
    }

    /** Writes what was there before, if it was written: one that could not be read back was, and stays refused. */
    void undo() throws IOException {
        boolean isUnproved = state == State.REFUSED && kept.isSent();
        if (state != State.WRITTEN && !isUnproved) {
            return;
        }
        try {
            requireHarmless();
            kept.write(before, writer.text);
            state = isUnproved ? State.REFUSED : State.UNDONE;
        } catch (ErrnoException e) {
            if (e.kind() == FailureKind.GONE) {
                throw e;
            }
            failure = e;
            state = State.NOT_UNDONE;
        }
    }

    /** v2 kills at once where v1 refuses: what may be used by now is not taken back. */
    private void requireHarmless() throws IOException {
        if (file() == LimitFile.MEMORY_MAX && before < wanted) {
            OptionalLong used = writer.memoryUsed();
            if (used.isPresent() && used.getAsLong() > before) {
                throw new ErrnoException("pwrite", Errno.EBUSY, kept + ", of which " + used.getAsLong() + " are used");
            }
        }
    }

    /** {@return it as a line of the plan} */
    LimitStep step() {
        return switch (state) {
            case UNSUPPORTED -> LimitStep.kept(file().name, "", kept.whyNot());
            case REFUSED -> LimitStep.kept(file().name, "", String.valueOf(failure));
            case UNCHANGED -> LimitStep.unchanged(file().name, text(before));
            default -> new LimitStep(file().name, text(before), text(wanted), note);
        };
    }

    /** {@return what became of it} */
    KnobOutcome outcome() {
        String file = file().name;
        String asked = text(wanted);
        return switch (state) {
            case UNCHANGED -> new KnobOutcome.Unchanged(file, asked);
            case UNSUPPORTED -> new KnobOutcome.Unsupported(file, asked, kept.whyNot());
            case REFUSED -> refusal(file, asked);
            case WRITTEN -> written(file, asked);
            case UNDONE -> new KnobOutcome.Undone(file, asked, text(before));
            case NOT_UNDONE -> new KnobOutcome.NotUndone(file, asked, text(before), String.valueOf(failure));
            default -> new KnobOutcome.NotTried(file, asked);
        };
    }

    private KnobOutcome refusal(String file, String asked) {
        ErrnoException refusal = Objects.requireNonNull(failure);
        return new KnobOutcome.Refused(file, asked, refusal.errno(), String.valueOf(refusal.getMessage()));
    }

    private KnobOutcome written(String file, String asked) {
        long held = kept.held();
        return held == wanted || file().isRounded(wanted, held)
                ? new KnobOutcome.Written(file, asked, text(before))
                : new KnobOutcome.Clamped(file, asked, text(before), text(held));
    }

    private String text(long value) {
        return file().notation.text(value);
    }
}
