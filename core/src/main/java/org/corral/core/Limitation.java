package org.corral.core;

import java.util.Map;
import java.util.OptionalLong;

/**
 * A limit that a container ran into and that ends it. Immutable.
 *
 * @param resource what was limited, as {@code mem}, {@code pids} or {@code disk}
 * @param limit the limit, in bytes or as a count, as fits the resource; empty if it could not be read
 * @param peak the most that was used, in the same unit; empty if it could not be read
 * @param message one line for people, naming limit and peak
 * @param statistics what the kernel told of the resource at that moment, by its own names, as {@code total_rss} of
 *     {@code memory.stat}; empty if there is nothing
 */
public record Limitation(
        String resource, OptionalLong limit, OptionalLong peak, String message, Map<String, Long> statistics) {

    /** Copies the statistics. */
    public Limitation {
        statistics = Map.copyOf(statistics);
    }

    /** Makes one without statistics. */
    public Limitation(String resource, OptionalLong limit, OptionalLong peak, String message) {
        this(resource, limit, peak, message, Map.of());
    }
}
