package org.corral.core.usage;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.corral.core.unit.DeviceNumber;

/**
 * What a container has read from and written to block devices since it was made; what the page cache served is not in it.
 * Immutable.
 *
 * @param total over all devices. Absent on cgroup v1 where no device is counted for the container: Linux 6.10 and newer
 *     count there only the devices for which some cgroup has a throttle
 * @param devices by device, those that it used
 */
public record IoUsage(Counts total, Map<DeviceNumber, Counts> devices) {

    /** Copies the devices. */
    public IoUsage {
        devices = Collections.unmodifiableMap(new TreeMap<>(devices));
    }

    /**
     * What went to and from one device, or all. Immutable.
     *
     * @param readBytes bytes read
     * @param writeBytes bytes written
     * @param reads operations that read
     * @param writes operations that wrote
     */
    public record Counts(OptionalLong readBytes, OptionalLong writeBytes, OptionalLong reads, OptionalLong writes) {

        /** Nothing known. */
        public static final Counts UNKNOWN =
                new Counts(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

        /** Nothing used. */
        public static final Counts ZERO =
                new Counts(OptionalLong.of(0), OptionalLong.of(0), OptionalLong.of(0), OptionalLong.of(0));

        /** {@return both together; a count that one of them lacks is the other's, and one too large for a {@code long} the largest} */
        public Counts plus(Counts other) {
            return new Counts(
                    sum(readBytes, other.readBytes),
                    sum(writeBytes, other.writeBytes),
                    sum(reads, other.reads),
                    sum(writes, other.writes));
        }

        private static OptionalLong sum(OptionalLong one, OptionalLong other) {
            if (one.isEmpty() || other.isEmpty()) {
                return one.isPresent() ? one : other;
            }
            long sum = one.getAsLong() + other.getAsLong();
            return OptionalLong.of(sum < 0 ? Long.MAX_VALUE : sum);
        }
    }
}
