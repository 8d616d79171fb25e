package org.corral.containerizer.cli;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A signal to a process. Immutable. The names are those of signal(7); the numbers are the same on x86-64 and aarch64.
 *
 * @param number 1 to 64
 */
record Signal(int number) {

    static final Signal HUP = new Signal(1);
    static final Signal INT = new Signal(2);
    static final Signal TERM = new Signal(15);
    static final Signal CONT = new Signal(18);

    private static final List<String> NAMES = List.of(
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
            "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
            "WINCH", "IO", "PWR", "SYS");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,2}");
    private static final int MAX = 64;

    Signal {
        if (number < 1 || number > MAX) {
            throw new IllegalArgumentException("signal " + number + " is not in 1 to " + MAX);
        }
    }

    static Signal parse(String text) {
        String written = text.strip().toUpperCase(Locale.ROOT);
        if (NUMBER.matcher(written).matches()) {
            return new Signal(Integer.parseInt(written));
        }
        int index = NAMES.indexOf(written.startsWith("SIG") ? written.substring(3) : written);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "signal '" + text + "' is unknown: give a name as TERM or SIGTERM, or a number of 1 to " + MAX);
        }
        return new Signal(index + 1);
    }

    /** {@return its name without {@code SIG}, or its number if it has none, as real-time signals} */
    @Override
    public String toString() {
        return number <= NAMES.size() ? NAMES.get(number - 1) : Integer.toString(number);
    }
}
