package org.corral.cgroup.controller;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A file of {@code key sub=value sub=value} lines, as {@code io.stat} and {@code cpu.pressure}. Immutable. Kernel:
 * admin-guide/cgroup-v2.rst, “Nested keyed”.
 *
 * @param lines the values by sub-key, by key, in the order of the file
 */
record NestedKeyed(Map<String, Map<String, String>> lines) {

    NestedKeyed {
        lines = Collections.unmodifiableMap(new LinkedHashMap<>(lines));
    }

    /** {@return the keys of a file's text; blank lines are skipped} */
    static NestedKeyed parse(String file, String text) throws ControlFileFormatException {
        Map<String, Map<String, String>> lines = new LinkedHashMap<>();
        for (String line : text.split("\n", -1)) {
            if (!line.isBlank()) {
                List<String> parts = List.of(line.strip().split(" +"));
                lines.put(parts.get(0), pairs(parts.subList(1, parts.size()), file, line));
            }
        }
        return new NestedKeyed(lines);
    }

    private static Map<String, String> pairs(List<String> parts, String file, String line)
            throws ControlFileFormatException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String part : parts) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new ControlFileFormatException(file, line, "'key sub=value'");
            }
            pairs.put(part.substring(0, equals), part.substring(equals + 1));
        }
        return Collections.unmodifiableMap(pairs);
    }

    /** {@return the values of a line, empty if the file does not have it} */
    Optional<Map<String, String>> get(String key) {
        return Optional.ofNullable(lines.get(key));
    }
}
