package org.corral.linux.process;

/**
 * What {@code /proc/<pid>/stat} says of a process (proc(5)). Immutable.
 *
 * <p>A line is {@code 4242 (comm, any bytes) S 1 4242 4242 0 -1 …}; the fields after the last parenthesis are counted
 * from 3.
 *
 * @param pid the process
 * @param comm its name, up to 15 bytes of anything
 * @param state its state, as {@code R}, {@code S}, {@code T} or {@code Z}
 * @param parent its parent's pid
 * @param session its session's id
 * @param userTicks clock ticks in user mode
 * @param systemTicks clock ticks in the kernel
 * @param reapedUserTicks clock ticks in user mode of the descendants it has waited for
 * @param reapedSystemTicks clock ticks in the kernel of those
 * @param startTicks clock ticks after boot when it started: with the pid, its identity
 * @param residentPages pages in memory
 * @param startStack the address of the bottom of its stack, 0 if we may not know
 */
public record ProcStat(
        int pid,
        String comm,
        char state,
        int parent,
        int session,
        long userTicks,
        long systemTicks,
        long reapedUserTicks,
        long reapedSystemTicks,
        long startTicks,
        long residentPages,
        long startStack) {

    private static final int FIELDS_NEEDED = 28;

    /**
     * Parses a line.
     *
     * @throws IllegalArgumentException quoting a line that is not of that form
     */
    public static ProcStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 2 || close < open) {
            throw malformed(line);
        }
        String[] fields = line.substring(close + 1).strip().split(" ");
        if (fields.length < FIELDS_NEEDED - 2) {
            throw malformed(line);
        }
        try {
            int pid = Integer.parseInt(line.substring(0, open - 1));
            return of(pid, line.substring(open + 1, close), fields);
        } catch (NumberFormatException e) {
            throw malformed(line);
        }
    }

    /** {@code fields[0]} is field 3 of proc(5), the state. */
    private static ProcStat of(int pid, String comm, String[] fields) {
        return new ProcStat(
                pid,
                comm,
                fields[0].charAt(0),
                Integer.parseInt(fields[4 - 3]),
                Integer.parseInt(fields[6 - 3]),
                Long.parseLong(fields[14 - 3]),
                Long.parseLong(fields[15 - 3]),
                Long.parseLong(fields[16 - 3]),
                Long.parseLong(fields[17 - 3]),
                Long.parseLong(fields[22 - 3]),
                Long.parseLong(fields[24 - 3]),
                Long.parseUnsignedLong(fields[28 - 3]));
    }

    private static IllegalArgumentException malformed(String line) {
        return new IllegalArgumentException("not a line of /proc/<pid>/stat: '" + line + "'");
    }
}
