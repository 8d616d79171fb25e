package org.corral.core;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;

/**
 * How many huge pages a container may have. Immutable.
 *
 * @param limits the most bytes by the size of a page, a multiple of it, 0 for none; other sizes are left as they are
 */
public record HugetlbLimits(Map<DataSize, Maximum> limits) {

    /** Nothing asked for. */
    public static final HugetlbLimits NONE = new HugetlbLimits(Map.of());

    /** Copies the limits; refuses parts of pages. */
    public HugetlbLimits {
        limits = Collections.unmodifiableMap(new TreeMap<>(limits));
        limits.forEach(HugetlbLimits::check);
    }

    private static void check(DataSize page, Maximum limit) {
        if (Long.bitCount(page.bytes()) != 1) {
            throw new IllegalArgumentException(
                    "huge page size " + page + " is no power of two: give one that the host has, as 2M");
        }
        if (limit.value().orElse(0) % page.bytes() != 0) {
            throw new IllegalArgumentException(
                    "limit " + DataSize.ofBytes(limit.value().getAsLong())
                            + " of huge pages is not a whole number of pages of " + page + ": give a multiple of it");
        }
    }

    /** {@return these limits with that of a page size} */
    public HugetlbLimits with(DataSize page, Maximum limit) {
        return new HugetlbLimits(Map.of(page, limit)).orElse(this);
    }

    /** {@return these limits where one is present, else those of {@code current}} */
    public HugetlbLimits orElse(HugetlbLimits current) {
        Map<DataSize, Maximum> all = new TreeMap<>(current.limits);
        all.putAll(limits);
        return new HugetlbLimits(all);
    }

    /** {@return whether nothing is asked for} */
    public boolean isEmpty() {
        return equals(NONE);
    }
}
