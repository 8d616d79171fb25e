package org.corral.core.isolator;

/**
 * One line of a plan of limits: what a control file holds, and what it would hold. Immutable.
 *
 * @param file the control file's name, as {@code cpu.shares}
 * @param from its text now; empty where it is not there
 * @param to its text afterwards; the same if nothing would be written
 * @param note why it is written in that place, or why not at all; empty if there is nothing to say
 */
public record LimitStep(String file, String from, String to, String note) {

    /** {@return one of a file that holds what is wanted} */
    public static LimitStep unchanged(String file, String text) {
        return new LimitStep(file, text, text, "");
    }

    /** {@return one of a file that stays as it is for a reason, though something else is wanted} */
    public static LimitStep kept(String file, String text, String reason) {
        return new LimitStep(file, text, text, reason);
    }

    /** {@return whether something would be written} */
    public boolean isWrite() {
        return !from.equals(to);
    }

    /** {@return it as a line: {@code cpu.shares: 1024 -> 512}} */
    @Override
    public String toString() {
        if (isWrite()) {
            return file + ": " + from + " -> " + to + (note.isEmpty() ? "" : " (" + note + ")");
        }
        return file + ": "
                + (note.isEmpty()
                        ? from + ", unchanged"
                        : (from.isEmpty() ? "" : from + ", ") + "kept, because " + note);
    }
}
