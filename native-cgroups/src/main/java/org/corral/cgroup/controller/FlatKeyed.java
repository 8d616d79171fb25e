package org.corral.cgroup.controller;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A file of {@code key number} lines, as {@code memory.stat}. Immutable. Keys that Corral does not know are kept, so
 * that a newer kernel's show. Kernel: admin-guide/cgroup-v2.rst, “Flat keyed”.
 *
 * @param values the numbers by key, in the order of the file
 */
record FlatKeyed(Map<String, Long> values) {

    FlatKeyed {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** {@return the keys of a file's text; blank lines are skipped} */
    static FlatKeyed parse(String file, String text) throws ControlFileFormatException {
        Map<String, Long> values = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            if (!line.isBlank()) {
                String[] parts = line.strip().split(" ", 2);
                values.put(parts[0], Numbers.unsigned(parts.length == 2 ? parts[1] : "", file, line, "'key number'"));
            }
        }
        return new FlatKeyed(values);
    }

    /** {@return the number of a key, empty if the file does not have it} */
    OptionalLong get(String key) {
        Long value = values.get(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
