package org.corral.containerizer.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.corral.containerizer.cli.show.UsageJson;
import org.corral.containerizer.json.Json;
import org.corral.core.Limitation;
import org.corral.core.Termination;
import org.corral.core.usage.ContainerUsage;

/**
 * What {@code corral run --report} writes: how a container ended and what it had used. Immutable.
 *
 * @param argv the command
 * @param isolation the isolators that limited and measured it
 * @param termination its end
 */
record Report(List<String> argv, List<String> isolation, Termination termination) {

    private static final Set<String> IN_BYTES = Set.of("mem", "disk");

    Report {
        argv = List.copyOf(argv);
        isolation = List.copyOf(isolation);
    }

    /** {@return one JSON object} */
    String text() throws IOException {
        return Json.text(json -> json.object(this::write));
    }

    private void write(Json json) throws IOException {
        ContainerUsage usage = termination.usage();
        json.string("id", termination.id().toString()).strings("argv", argv).strings("isolation", isolation);
        json.exit("exit", termination.status())
                .string("reason", termination.reason().name());
        limitation(json, termination.limitations().stream().findFirst());
        json.seconds("wallSeconds", Optional.of(termination.wall()))
                .object("cpu", fields -> UsageJson.cpu(fields, usage))
                .object("memory", fields -> UsageJson.memory(fields, usage))
                .object("disk", fields -> UsageJson.disk(fields, usage))
                .object("io", fields -> UsageJson.io(fields, usage));
        UsageJson.hugetlb(json, "hugetlb", usage);
        json.object("pressure", fields -> UsageJson.pressure(fields, usage));
    }

    private static void limitation(Json json, Optional<Limitation> found) throws IOException {
        if (found.isEmpty()) {
            json.absent("limitation");
            return;
        }
        Limitation limitation = found.get();
        boolean inBytes = IN_BYTES.contains(limitation.resource());
        json.object("limitation", fields -> fields.string("resource", limitation.resource())
                .number("limitBytes", inBytes ? limitation.limit() : OptionalLong.empty())
                .number("peakBytes", inBytes ? limitation.peak() : OptionalLong.empty())
                .string("message", limitation.message()));
    }
}
