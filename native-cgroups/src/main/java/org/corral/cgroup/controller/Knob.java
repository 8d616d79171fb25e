package org.corral.cgroup.controller;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.corral.linux.errno.Errno;
import org.corral.linux.errno.ErrnoException;
import org.corral.linux.errno.FailureKind;

/**
 * A value wanted in a control file: writes it if the file does not hold it yet, and reads back what the kernel made of
 * it. Immutable.
 *
 * <p>Only an exact match is left unwritten: a limit that differs by a few bytes may be another number of pages.
 */
final class Knob {

    private final ControlFiles files;
    private final String file;
    private final String value;
    private final Comparison comparison;

    private Knob(ControlFiles files, String file, String value, Comparison comparison) {
        this.files = files;
        this.file = file;
        this.value = value;
        this.comparison = comparison;
    }

    /** {@return a knob whose file gives back what was written to it} */
    static Knob text(ControlFiles files, String file, String value) {
        String wanted = value.strip();
        return new Knob(files, file, value, actual -> actual.strip().equals(wanted) ? Match.EXACT : Match.NONE);
    }

    /** {@return a knob of bytes, which the kernel rounds to whole pages} */
    static Knob bytes(ControlFiles files, String file, Limit limit) {
        return new Knob(files, file, limit.text(files.version()), actual -> match(limit, Limit.parse(file, actual)));
    }

    /** {@return a knob whose file gives back more than what was written to it, or in another form} */
    static Knob matching(ControlFiles files, String file, String value, Holding holding) {
        return new Knob(files, file, value, actual -> holding.isIn(actual) ? Match.EXACT : Match.NONE);
    }

    private static Match match(Limit wanted, Limit actual) {
        if (wanted.equals(actual)) {
            return Match.EXACT;
        }
        return wanted.isWithinOnePageOf(actual) ? Match.ROUNDED : Match.NONE;
    }

    /**
     * {@return what became of each knob, in that order, up to the first that was refused}
     *
     * @throws ErrnoException ENODEV if the cgroup is gone
     */
    static List<KnobOutcome> applyInOrder(Knob... knobs) throws IOException {
        List<KnobOutcome> outcomes = new ArrayList<>();
        for (Knob knob : knobs) {
            KnobOutcome outcome = knob.apply();
            outcomes.add(outcome);
            if (outcome instanceof KnobOutcome.Refused) {
                break;
            }
        }
        return List.copyOf(outcomes);
    }

    /**
     * Sees to it that the file holds the value.
     *
     * @throws ErrnoException ENODEV if the cgroup is gone
     */
    KnobOutcome apply() throws IOException {
        String previous;
        try {
            previous = files.read(file);
            if (comparison.with(previous) == Match.EXACT) {
                return new KnobOutcome.Unchanged(file, value);
            }
            files.write(file, value);
        } catch (ErrnoException e) {
            return outcomeOf(files, file, value, e);
        }
        String actual = files.read(file);
        return comparison.with(actual) == Match.NONE
                ? new KnobOutcome.Clamped(file, value, previous, actual)
                : new KnobOutcome.Written(file, value, previous);
    }

    /**
     * {@return what a failed read or write of a file means for a value}
     *
     * @throws ErrnoException the same, if it means that the cgroup is gone
     */
    static KnobOutcome outcomeOf(ControlFiles files, String file, String value, ErrnoException e)
            throws ErrnoException {
        String failure = e.syscall() + "(" + e.subject() + "): " + e.errno();
        if (e.is(Errno.ENOENT) || e.kind() == FailureKind.UNSUPPORTED) {
            return new KnobOutcome.Unsupported(file, value, "this kernel does not support it: " + failure);
        }
        if (e.kind() == FailureKind.GONE) {
            requireThere(files, file, e);
        }
        return new KnobOutcome.Refused(file, value, e.errno(), failure);
    }

    /** ENODEV tells that the cgroup is gone, or that the value names a device which is not there. */
    private static void requireThere(ControlFiles files, String file, ErrnoException failure) throws ErrnoException {
        try {
            files.read(file);
        } catch (ErrnoException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private enum Match {
        EXACT,
        ROUNDED,
        NONE
    }

    /** Tells whether a file's text holds the value. */
    interface Holding {
        boolean isIn(String actual) throws ControlFileFormatException;
    }

    private interface Comparison {
        Match with(String actual) throws ControlFileFormatException;
    }
}
