package org.corral.containerizer.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.containerizer.cli.show.Shown;
import org.corral.containerizer.json.Json;
import org.corral.core.IoThrottle;
import org.corral.core.Resources;
import org.corral.core.unit.DataSize;
import org.corral.core.unit.Maximum;

/** What a container is to have, for people and as JSON. */
final class ResourcesShown {

    private ResourcesShown() {}

    /** {@return what was asked for, by the names of the options} */
    static String text(Resources resources) {
        List<String> limits = new ArrayList<>();
        resources.cpus().ifPresent(amount -> limits.add("cpus=" + amount));
        resources.cpuLimit().ifPresent(amount -> limits.add("cpu-limit=" + amount));
        resources.cpuset().cpus().ifPresent(ids -> limits.add("cpuset-cpus=" + ids));
        resources.cpuset().mems().ifPresent(ids -> limits.add("cpuset-mems=" + ids));
        resources.memory().ifPresent(size -> limits.add("mem=" + size));
        resources.memoryRequest().ifPresent(size -> limits.add("mem-request=" + size));
        resources.memoryAndSwap().ifPresent(most -> limits.add("memory-swap=" + size(most)));
        resources.pids().ifPresent(count -> limits.add("pids=" + count));
        resources.io().weight().ifPresent(weight -> limits.add("io-weight=" + weight));
        resources.io().throttles().forEach((device, throttle) -> add(limits, device.toString(), throttle));
        resources.disk().ifPresent(size -> limits.add("disk=" + size));
        resources.hugetlb().limits().forEach((page, most) -> limits.add("hugetlb=" + page + "=" + size(most)));
        return limits.isEmpty() ? Shown.ABSENT : String.join(" ", limits);
    }

    private static void add(List<String> limits, String device, IoThrottle throttle) {
        throttle.readBytes().ifPresent(rate -> limits.add("device-read-bps=" + device + ":" + size(rate)));
        throttle.writeBytes().ifPresent(rate -> limits.add("device-write-bps=" + device + ":" + size(rate)));
        throttle.reads().ifPresent(rate -> limits.add("device-read-iops=" + device + ":" + rate));
        throttle.writes().ifPresent(rate -> limits.add("device-write-iops=" + device + ":" + rate));
    }

    private static String size(Maximum most) {
        return most.isNone()
                ? most.toString()
                : DataSize.ofBytes(most.value().getAsLong()).toString();
    }

    /** Writes the fields of an object; no limit is null, as an absent one is. */
    static void json(Json json, Resources resources) throws IOException {
        json.cpus("cpus", resources.cpus())
                .cpus("cpuLimit", resources.cpuLimit())
                .string(
                        "cpusetCpus",
                        resources.cpuset().cpus().map(Object::toString).orElse(null))
                .string(
                        "cpusetMems",
                        resources.cpuset().mems().map(Object::toString).orElse(null))
                .bytes("memoryBytes", resources.memory())
                .bytes("memoryRequestBytes", resources.memoryRequest())
                .number("memoryAndSwapBytes", number(resources.memoryAndSwap()))
                .number("pids", resources.pids())
                .bytes("diskBytes", resources.disk())
                .object("io", fields -> io(fields, resources))
                .array(
                        "hugetlb",
                        resources.hugetlb().limits().entrySet(),
                        (item, size) -> item.object(fields -> fields.number(
                                        "pageBytes",
                                        OptionalLong.of(size.getKey().bytes()))
                                .number("limitBytes", size.getValue().value())));
    }

    private static void io(Json json, Resources resources) throws IOException {
        OptionalLong weight = resources.io().weight().stream().asLongStream().findFirst();
        json.number("weight", weight)
                .array(
                        "devices",
                        resources.io().throttles().entrySet(),
                        (item, device) -> item.object(fields ->
                                throttle(fields.string("device", device.getKey().toString()), device.getValue())));
    }

    private static void throttle(Json json, IoThrottle throttle) throws IOException {
        json.number("readBytesPerSecond", number(throttle.readBytes()))
                .number("writeBytesPerSecond", number(throttle.writeBytes()))
                .number("readsPerSecond", number(throttle.reads()))
                .number("writesPerSecond", number(throttle.writes()));
    }

    private static OptionalLong number(Optional<Maximum> most) {
        return most.map(Maximum::value).orElse(OptionalLong.empty());
    }
}
