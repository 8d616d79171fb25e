package org.corral.linux;

import java.util.Optional;

/**
 * Whether a feature can be used here. Immutable.
 *
 * @param feature which one
 * @param cause why it cannot be used, as the kernel said it: {@code openat2(/): ENOSYS Function not implemented}; empty
 *     if it can
 */
public record FeatureStatus(Feature feature, Optional<String> cause) {

    /** {@return whether it can be used} */
    public boolean isAvailable() {
        return cause.isEmpty();
    }

    /** {@return name and state in one line, as {@code PSI: available}} */
    @Override
    public String toString() {
        return feature + ": " + cause.map(text -> "not available: " + text).orElse("available");
    }
}
