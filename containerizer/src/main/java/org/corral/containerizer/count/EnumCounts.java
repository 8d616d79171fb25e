package org.corral.containerizer.count;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** A count for each value of an enum. Thread-safe. */
final class EnumCounts<E extends Enum<E>> {

    private final Map<E, LongAdder> counts;

    EnumCounts(Class<E> values) {
        Map<E, LongAdder> all = new EnumMap<>(values);
        for (E value : values.getEnumConstants()) {
            all.put(value, new LongAdder());
        }
        counts = Collections.unmodifiableMap(all);
    }

    void add(E value, long more) {
        count(value).add(more);
    }

    long of(E value) {
        return count(value).sum();
    }

    private LongAdder count(E value) {
        return Objects.requireNonNull(counts.get(value));
    }
}
