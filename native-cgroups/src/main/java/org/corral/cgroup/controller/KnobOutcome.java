package org.corral.cgroup.controller;

import org.corral.linux.errno.Errno;

/**
 * What became of a value that was asked for in a control file. Immutable.
 *
 * <p>That the kernel says no is a result, because a host without swap or with an older kernel is no failure of the
 * whole; that the cgroup is gone is an exception.
 */
public sealed interface KnobOutcome {

    /** {@return the control file's name} */
    String file();

    /** {@return the text that was asked for, as the file takes it} */
    String requested();

    /** {@return whether the file now holds the value, or the nearest to it that the kernel takes} */
    default boolean isApplied() {
        return this instanceof Written || this instanceof Unchanged || this instanceof Clamped;
    }

    /** {@return whether the kernel refused the value with that error number} */
    default boolean isRefusedWith(Errno errno) {
        return this instanceof Refused refused && refused.errno().equals(errno);
    }

    /**
     * The value was written and read back. A memory limit that the kernel rounded to whole pages counts as written.
     *
     * @param previous what the file held before, which undoes it
     */
    record Written(String file, String requested, String previous) implements KnobOutcome {}

    /** The file held the value already; nothing was written. */
    record Unchanged(String file, String requested) implements KnobOutcome {}

    /**
     * The kernel took the write, but holds another value.
     *
     * @param previous what the file held before, which undoes it
     * @param actual what it holds now
     */
    record Clamped(String file, String requested, String previous, String actual) implements KnobOutcome {}

    /**
     * The kernel did not take the value; the file is as it was.
     *
     * @param errno why: EINVAL a value it cannot have, EBUSY one that contradicts the use or the children, EACCES,
     *     EPERM or EROFS one that this process may not set
     * @param message the failed call with path, data and error
     */
    record Refused(String file, String requested, Errno errno, String message) implements KnobOutcome {}

    /**
     * There is nothing to set the value with.
     *
     * @param reason why: a kernel, a kernel configuration or a cgroup version without it
     */
    record Unsupported(String file, String requested, String reason) implements KnobOutcome {}

    /**
     * The value was written, and then taken back because another one was refused.
     *
     * @param previous what the file holds again
     */
    record Undone(String file, String requested, String previous) implements KnobOutcome {}

    /**
     * The value was written, and could not be taken back when another one was refused: the file still holds it.
     *
     * @param previous what the file held before
     * @param message why: the failed call with path, data and error
     */
    record NotUndone(String file, String requested, String previous, String message) implements KnobOutcome {}

    /** Nothing was written, because another value was refused before. */
    record NotTried(String file, String requested) implements KnobOutcome {}
}
