package org.corral.core;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.corral.core.unit.DeviceNumber;

/**
 * How a container shares block devices. Immutable.
 *
 * @param weight the share of a device under contention, 1 to 10000, where 100 is what others have that were not given any;
 *     absent to leave it. It has an effect on devices with the BFQ scheduler, or with iocost on v2
 * @param throttles the most of each device, contention or not; devices that are not there are left as they are
 */
public record IoLimits(OptionalInt weight, Map<DeviceNumber, IoThrottle> throttles) {

    /** Nothing asked for. */
    public static final IoLimits NONE = new IoLimits(OptionalInt.empty(), Map.of());

    private static final int MAX_WEIGHT = 10_000;

    /** Copies the throttles; refuses a weight that the kernel has not. */
    public IoLimits {
        throttles = Collections.unmodifiableMap(new TreeMap<>(throttles));
        if (weight.isPresent() && (weight.getAsInt() < 1 || weight.getAsInt() > MAX_WEIGHT)) {
            throw new IllegalArgumentException(
                    "io weight " + weight.getAsInt() + " is out of range: give 1 to 10000, where 100 is the usual");
        }
    }

    /** {@return these limits with another weight} */
    public IoLimits withWeight(int share) {
        return new IoLimits(OptionalInt.of(share), throttles);
    }

    /** {@return these limits with more of a device's throttle} */
    public IoLimits with(DeviceNumber device, IoThrottle throttle) {
        return new IoLimits(OptionalInt.empty(), Map.of(device, throttle)).orElse(this);
    }

    /** {@return these limits where one is present, else those of {@code current}, rate by rate} */
    public IoLimits orElse(IoLimits current) {
        Map<DeviceNumber, IoThrottle> all = new TreeMap<>(current.throttles);
        throttles.forEach((device, throttle) -> all.merge(device, throttle, (before, now) -> now.orElse(before)));
        return new IoLimits(weight.isPresent() ? weight : current.weight, all);
    }

    /** {@return whether nothing is asked for} */
    public boolean isEmpty() {
        return equals(NONE);
    }
}
