package org.corral.testing.fault;

/**
 * A call that went wrong.
 *
 * @param call the call, as {@link org.corral.linux.raw.Syscalls} names it
 * @param subject what it was made on: a path, a number
 * @param fault what happened to it
 * @param choices in how many ways it could have gone wrong
 */
public record Injected(String call, String subject, Fault fault, int choices) {

    /** {@return as {@code openAt2(cpu.shares): EMFILE}} */
    @Override
    public String toString() {
        return call + "(" + subject + "): " + fault;
    }
}
