package org.corral.cgroup.controller;

import java.util.OptionalLong;

/** Numbers as control files print them. */
final class Numbers {

    private Numbers() {}

    /**
     * {@return an unsigned decimal number, empty if the text is no such number}
     *
     * <p>What is above {@link Long#MAX_VALUE}, as the kernel's 18446744073709551615 for “no limit”, is returned as
     * {@code Long.MAX_VALUE}: counters never get there, and limits that high are none.
     */
    static OptionalLong unsigned(String text) {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : value * 10 + digit;
        }
        return text.isEmpty() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** {@return the number that part of a line is to be} */
    static long unsigned(String part, String file, String line, String expected) throws ControlFileFormatException {
        return unsigned(part).orElseThrow(() -> new ControlFileFormatException(file, line, expected));
    }
}
