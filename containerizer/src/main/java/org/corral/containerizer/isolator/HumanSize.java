package org.corral.containerizer.isolator;

import java.util.OptionalLong;
import org.corral.core.unit.DataSize;

/** Sizes in what is told to people. */
final class HumanSize {

    private HumanSize() {}

    /** {@return as {@code 64.0MiB}; {@code unknown} for what could not be read} */
    static String of(OptionalLong bytes) {
        return bytes.isPresent() ? DataSize.ofBytes(bytes.getAsLong()).toHumanString() : "unknown";
    }
}
