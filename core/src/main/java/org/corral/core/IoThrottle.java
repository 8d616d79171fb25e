package org.corral.core;

import java.util.Optional;
import org.corral.core.unit.Maximum;

/**
 * The most that a container reads from and writes to one device. Immutable. An absent rate is left as it is.
 *
 * @param readBytes bytes read in a second, 1 or more
 * @param writeBytes bytes written in a second, 1 or more
 * @param reads read operations in a second, 1 to 4294967294
 * @param writes write operations in a second, 1 to 4294967294
 */
public record IoThrottle(
        Optional<Maximum> readBytes, Optional<Maximum> writeBytes, Optional<Maximum> reads, Optional<Maximum> writes) {

    /** Nothing asked for. */
    public static final IoThrottle NONE =
            new IoThrottle(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** The kernel keeps operations in 32 bits, of which the highest means no limit; v1 silently cuts off the rest. */
    private static final long MOST_OPERATIONS = 0xffff_fffeL;

    /** Refuses rates that the kernel has not. */
    public IoThrottle {
        readBytes.ifPresent(rate -> check("bytes", rate, Long.MAX_VALUE));
        writeBytes.ifPresent(rate -> check("bytes", rate, Long.MAX_VALUE));
        reads.ifPresent(rate -> check("operations", rate, MOST_OPERATIONS));
        writes.ifPresent(rate -> check("operations", rate, MOST_OPERATIONS));
    }

    private static void check(String what, Maximum rate, long most) {
        if (!rate.isNone() && (rate.value().getAsLong() < 1 || rate.value().getAsLong() > most)) {
            throw new IllegalArgumentException("rate of " + rate + " " + what
                    + " per second is out of range: give 1 to " + most + ", or max for no limit");
        }
    }

    /** {@return a throttle of bytes read} */
    public static IoThrottle ofReadBytes(Maximum rate) {
        return new IoThrottle(Optional.of(rate), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** {@return a throttle of bytes written} */
    public static IoThrottle ofWriteBytes(Maximum rate) {
        return new IoThrottle(Optional.empty(), Optional.of(rate), Optional.empty(), Optional.empty());
    }

    /** {@return a throttle of read operations} */
    public static IoThrottle ofReads(Maximum rate) {
        return new IoThrottle(Optional.empty(), Optional.empty(), Optional.of(rate), Optional.empty());
    }

    /** {@return a throttle of write operations} */
    public static IoThrottle ofWrites(Maximum rate) {
        return new IoThrottle(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(rate));
    }

    /** {@return this where a rate is present, else that of {@code current}} */
    public IoThrottle orElse(IoThrottle current) {
        return new IoThrottle(
                readBytes.or(current::readBytes),
                writeBytes.or(current::writeBytes),
                reads.or(current::reads),
                writes.or(current::writes));
    }
}
