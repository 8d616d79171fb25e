package org.corral.core;

/**
 * How a process ended, as {@code wait(2)} tells it: by its own exit or by a signal. Immutable.
 */
public sealed interface ExitStatus {

    /** {@return the status a shell would show: the exit code, or 128 and the signal's number} */
    int shellCode();

    /**
     * {@return what a status of {@code wait(2)} says: the exit code in its second byte, or a signal in the lower seven bits}
     *
     * @throws IllegalArgumentException if it is that of a process which has not ended
     */
    static ExitStatus ofWaitStatus(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? new Exited((status >> 8) & 0xff) : new Signaled(signal);
    }

    /** {@return whether the process ended by itself with code 0} */
    default boolean isSuccess() {
        return shellCode() == 0;
    }

    /**
     * The process called {@code exit}.
     *
     * @param code 0 to 255
     */
    record Exited(int code) implements ExitStatus {
        /** Refuses what {@code wait(2)} cannot report. */
        public Exited {
            if (code < 0 || code > 255) {
                throw new IllegalArgumentException("exit code " + code + " is not in 0 to 255");
            }
        }

        @Override
        public int shellCode() {
            return code;
        }

        @Override
        public String toString() {
            return "exit code " + code;
        }
    }

    /**
     * A signal ended the process.
     *
     * @param signal the signal's number, 1 to 64
     */
    record Signaled(int signal) implements ExitStatus {
        /** Refuses numbers that are no signal. */
        public Signaled {
            if (signal < 1 || signal > 64) {
                throw new IllegalArgumentException("signal " + signal + " is not in 1 to 64");
            }
        }

        @Override
        public int shellCode() {
            return 128 + signal;
        }

        @Override
        public String toString() {
            return "signal " + signal;
        }
    }
}
