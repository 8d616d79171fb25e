package org.corral.core;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.corral.core.text.Quoted;

/**
 * The name of a container, unique below its parent. Immutable.
 *
 * <p>It becomes the name of a directory in cgroup file systems, hence the narrow alphabet: no separator, no control
 * character, no leading dot.
 *
 * @param parent the container this one is nested in, empty for a top-level container; at most 31 are above each other
 * @param value 1 to 128 of {@code A-Z a-z 0-9 . _ -}, not starting with {@code .} or {@code -}; and none of the
 *     names that the kernel has for files of a cgroup, as {@code cgroup.procs}
 */
public record ContainerId(Optional<ContainerId> parent, String value) {

    /** The path of a cgroup ends at 4096 bytes, and each level may take 129. */
    private static final int DEEPEST = 32;

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    /** Refuses values outside the alphabet. */
    public ContainerId {
        Objects.requireNonNull(parent, "parent");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("container id " + Quoted.of(value)
                    + " is not usable: give 1 to 128 of A-Z a-z 0-9 . _ -, not starting with . or -");
        }
        if (KernelFiles.include(value)) {
            throw new IllegalArgumentException(
                    "container id " + Quoted.of(value)
                            + " is not usable: the kernel keeps cgroup.*, tasks, notify_on_release and release_agent for its files");
        }
        if (parent.isPresent() && parent.get().depth() >= DEEPEST) {
            throw new IllegalArgumentException(
                    "container id " + Quoted.of(value) + " is nested too deep: give it at most 31 above it");
        }
    }

    /** {@return the id of a top-level container} */
    public static ContainerId of(String value) {
        return new ContainerId(Optional.empty(), value);
    }

    /** {@return the id of a container nested in this one} */
    public ContainerId child(String value) {
        return new ContainerId(Optional.of(this), value);
    }

    private int depth() {
        return parent.map(above -> above.depth() + 1).orElse(1);
    }

    /** {@return the values from the top-level container down, separated by {@code /}} */
    @Override
    public String toString() {
        return parent.map(above -> above + "/" + value).orElse(value);
    }
}
