package org.corral.containerizer.isolator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.corral.core.text.Quoted;

/**
 * Something that was set for one isolator. Immutable.
 *
 * @param isolator its name, as {@code cgroups/net_cls}
 * @param key what is set, as {@code primary}
 * @param value to what; that the isolator understands it is seen when it is made
 */
public record IsolatorOption(String isolator, String key, String value) {

    private static final Pattern FORM = Pattern.compile("([^:=]+):([^:=]+)=(.*)", Pattern.DOTALL);

    /**
     * Parses an option as a person writes it.
     *
     * @param text as {@code cgroups/net_cls:primary=0x10}
     * @throws IllegalArgumentException if it is not of that form
     */
    public static IsolatorOption parse(String text) {
        Matcher option = FORM.matcher(text);
        if (!option.matches()) {
            throw new IllegalArgumentException("isolator option " + Quoted.of(text)
                    + " is not of the form kind/name:key=value: give one as cgroups/net_cls:primary=0x10");
        }
        return new IsolatorOption(option.group(1), option.group(2), option.group(3));
    }

    /** {@return what is set, as {@code cgroups/net_cls:primary}} */
    public String place() {
        return isolator + ":" + key;
    }
}
