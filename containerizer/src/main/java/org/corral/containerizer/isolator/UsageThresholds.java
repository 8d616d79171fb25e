package org.corral.containerizer.isolator;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.corral.cgroup.controller.Limit;
import org.corral.core.unit.DataSize;
import org.jspecify.annotations.Nullable;

/**
 * The uses of memory that are told of when they are crossed. Immutable.
 *
 * @param percents of the hard limit, 1 to 99
 * @param sizes whatever the limit is
 */
record UsageThresholds(List<Integer> percents, List<DataSize> sizes) {

    static final UsageThresholds NONE = new UsageThresholds(List.of(), List.of());

    private static final Pattern PERCENT = Pattern.compile("([1-9]\\d?)%");

    UsageThresholds {
        percents = List.copyOf(percents);
        sizes = List.copyOf(sizes);
    }

    /**
     * Parses what an operator sets.
     *
     * @param text as {@code 80%,1.5GiB}
     * @throws IllegalArgumentException naming what is neither a percentage nor a size above 0
     */
    static UsageThresholds parse(String text) {
        List<Integer> percents = new ArrayList<>();
        List<DataSize> sizes = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher percent = PERCENT.matcher(part.strip());
            if (percent.matches()) {
                percents.add(Integer.valueOf(percent.group(1)));
            } else {
                sizes.add(size(part));
            }
        }
        return new UsageThresholds(percents, sizes);
    }

    private static DataSize size(String part) {
        try {
            DataSize size = DataSize.parse(part);
            if (size.bytes() > 0) {
                return size;
            }
        } catch (IllegalArgumentException e) {
            throw refused(part, e);
        }
        throw refused(part, null);
    }

    private static IllegalArgumentException refused(String part, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "threshold '" + part + "' is neither 1% to 99% nor a size above 0: give it as 80% or 512M", cause);
    }

    boolean isNone() {
        return percents.isEmpty() && sizes.isEmpty();
    }

    /** {@return them in bytes; without a hard limit there is nothing that a percentage could be of} */
    SortedSet<Long> bytes(Limit hard) {
        SortedSet<Long> bytes = new TreeSet<>();
        sizes.forEach(size -> bytes.add(size.bytes()));
        hard.value().ifPresent(limit -> percents.forEach(percent -> bytes.add(percentOf(limit, percent))));
        return bytes;
    }

    private static long percentOf(long limit, int percent) {
        return limit / 100 * percent + limit % 100 * percent / 100;
    }
}
