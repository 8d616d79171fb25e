package org.corral.testing;

import java.util.Map;
import java.util.TreeMap;

/** Files with a line for each device, of which a write changes one: {@code io.max}, {@code blkio.throttle.*_device}. */
final class FakeDeviceLines {

    private static final String NO_LIMITS = "rbps=max wbps=max riops=max wiops=max";

    private FakeDeviceLines() {}

    static boolean areIn(String file) {
        return file.equals("io.max") || file.matches("blkio\\.throttle\\..*_device");
    }

    /** {@return what the file holds after a write: limits that are lifted are not shown} */
    static String after(String text, String written) {
        Map<String, String> lines = new TreeMap<>();
        text.lines().forEach(line -> lines.put(line.split(" ", 2)[0], line.split(" ", 2)[1]));
        String[] parts = written.split(" ", 2);
        String limits = parts[1].contains("=") ? merged(lines.getOrDefault(parts[0], NO_LIMITS), parts[1]) : parts[1];
        lines.put(parts[0], limits);
        lines.values().removeIf(value -> value.equals("0") || value.equals(NO_LIMITS));
        StringBuilder now = new StringBuilder();
        lines.forEach((device, value) ->
                now.append(now.isEmpty() ? "" : "\n").append(device).append(' ').append(value));
        return now.toString();
    }

    private static String merged(String limits, String changes) {
        String now = limits;
        for (String change : changes.split(" ", -1)) {
            String key = change.substring(0, change.indexOf('=') + 1);
            now = now.replaceFirst("\\b" + key + "\\w+", change);
        }
        return now;
    }
}
