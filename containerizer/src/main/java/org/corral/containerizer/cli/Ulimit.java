package org.corral.containerizer.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.corral.core.Rlimit;

/**
 * A limit of each single process, as {@code docker run --ulimit} writes it. Immutable.
 *
 * @param resource what is limited
 * @param limits soft and hard
 */
record Ulimit(Rlimit resource, Rlimit.Limits limits) {

    private static final String UNLIMITED = "unlimited";
    private static final Pattern FORM = Pattern.compile("(\\w+)=(\\d{1,18}|unlimited)(?::(\\d{1,18}|unlimited))?");

    static Ulimit parse(String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException("ulimit '" + text
                    + "' is not understood: give NAME=SOFT or NAME=SOFT:HARD, as nofile=1024 or core=0:unlimited");
        }
        String hard = parts.group(3) == null ? parts.group(2) : parts.group(3);
        return new Ulimit(Rlimit.parse(parts.group(1)), new Rlimit.Limits(amount(parts.group(2)), amount(hard)));
    }

    private static long amount(String text) {
        return text.equals(UNLIMITED) ? Rlimit.UNLIMITED : Long.parseLong(text);
    }
}
