package org.corral.cgroup.controller;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.corral.core.unit.DeviceNumber;
import org.corral.core.usage.IoUsage;
import org.corral.core.usage.IoUsage.Counts;

/**
 * What block device counters tell. Words that are not understood are passed over: kernels have added operations (Discard in
 * 4.19), keys of iocost, and lines of devices without numbers.
 */
final class IoCounters {

    /** {@code 8:0 Read 4096}: the device, the operation, the count. */
    private static final int V1_WORDS = 3;

    private IoCounters() {}

    /** {@return what two files of v1 tell, of lines as {@code 8:0 Read 4096}} */
    static IoUsage ofV1(String bytes, String operations) {
        Map<DeviceNumber, Map<String, Long>> bytesDone = v1Lines(bytes);
        Map<DeviceNumber, Map<String, Long>> operationsDone = v1Lines(operations);
        SortedSet<DeviceNumber> devices = new TreeSet<>(bytesDone.keySet());
        devices.addAll(operationsDone.keySet());
        Map<DeviceNumber, Counts> counts = new TreeMap<>();
        for (DeviceNumber device : devices) {
            Map<String, Long> done = bytesDone.getOrDefault(device, Map.of());
            Map<String, Long> times = operationsDone.getOrDefault(device, Map.of());
            counts.put(
                    device, new Counts(get(done, "Read"), get(done, "Write"), get(times, "Read"), get(times, "Write")));
        }
        return new IoUsage(sum(counts).orElse(Counts.UNKNOWN), counts);
    }

    private static Map<DeviceNumber, Map<String, Long>> v1Lines(String text) {
        Map<DeviceNumber, Map<String, Long>> lines = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.strip().split(" +", -1);
            Optional<DeviceNumber> device = DeviceNumber.find(words[0]);
            if (words.length == V1_WORDS && device.isPresent()) {
                Numbers.unsigned(words[2])
                        .ifPresent(count -> lineOf(lines, device.get()).put(words[1], count));
            }
        }
        return lines;
    }

    /** {@return what {@code io.stat} tells, of lines as {@code 8:0 rbytes=4096 wbytes=0 rios=1 wios=0}} */
    static IoUsage ofV2(String text) {
        Map<DeviceNumber, Map<String, Long>> lines = v2Lines(text);
        Map<DeviceNumber, Counts> counts = new TreeMap<>();
        lines.forEach((device, values) -> counts.put(
                device,
                new Counts(get(values, "rbytes"), get(values, "wbytes"), get(values, "rios"), get(values, "wios"))));
        return new IoUsage(sum(counts).orElse(Counts.ZERO), counts);
    }

    /** Some kernels print devices without numbers and leave out their line ends: {@code 7:1 7:0 8:0 rbytes=4096}. */
    private static Map<DeviceNumber, Map<String, Long>> v2Lines(String text) {
        Map<DeviceNumber, Map<String, Long>> lines = new TreeMap<>();
        for (String line : text.split("\n", -1)) {
            addV2(line, lines);
        }
        return lines;
    }

    private static void addV2(String line, Map<DeviceNumber, Map<String, Long>> lines) {
        Optional<DeviceNumber> device = Optional.empty();
        for (String word : line.strip().split(" +", -1)) {
            if (DeviceNumber.isForm(word)) {
                device = DeviceNumber.find(word);
            } else if (device.isPresent()) {
                put(word, lines, device.get());
            }
        }
    }

    private static void put(String word, Map<DeviceNumber, Map<String, Long>> lines, DeviceNumber device) {
        int equals = word.indexOf('=');
        if (equals > 0) {
            Numbers.unsigned(word.substring(equals + 1))
                    .ifPresent(count -> lineOf(lines, device).put(word.substring(0, equals), count));
        }
    }

    private static Map<String, Long> lineOf(Map<DeviceNumber, Map<String, Long>> lines, DeviceNumber device) {
        return lines.computeIfAbsent(device, any -> new TreeMap<>());
    }

    private static OptionalLong get(Map<String, Long> values, String key) {
        Long value = values.get(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static Optional<Counts> sum(Map<DeviceNumber, Counts> counts) {
        return counts.values().stream().reduce(Counts::plus);
    }
}
