package org.corral.core;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a container, unique below its parent. Immutable.
 *
 * <p>It becomes the name of a directory in cgroup file systems, hence the narrow alphabet: no separator, no control
 * character, no leading dot.
 *
 * @param parent the container this one is nested in, empty for a top-level container
 * @param value 1 to 128 of {@code A-Z a-z 0-9 . _ -}, not starting with {@code .} or {@code -}
 */
public record ContainerId(Optional<ContainerId> parent, String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");
    private static final int SHOWN = 40;

    /** Refuses values outside the alphabet. */
    public ContainerId {
        Objects.requireNonNull(parent, "parent");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("container id " + quote(value)
                    + " is not usable: give 1 to 128 of A-Z a-z 0-9 . _ -, not starting with . or -");
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

    private static String quote(String value) {
        StringBuilder shown = new StringBuilder("'");
        value.chars()
                .limit(SHOWN)
                .forEach(c ->
                        shown.append(c >= ' ' && c < 127 ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return shown + (value.length() > SHOWN ? "…' (" + value.length() + " characters)" : "'");
    }

    /** {@return the values from the top-level container down, separated by {@code /}} */
    @Override
    public String toString() {
        return parent.map(above -> above + "/" + value).orElse(value);
    }
}
