package org.corral.containerizer.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.containerizer.json.Json;
import org.corral.core.Limitation;
import org.corral.core.Termination;
import org.corral.core.event.ContainerEvent;

/**
 * An event as one line of JSON, with the names of {@code corral run --report}. Every key of a kind of event is always
 * there; what is absent is null.
 */
final class EventJson {

    private EventJson() {}

    /** {@return the line, with its line break} */
    static byte[] line(ContainerEvent event) {
        return bytes(json -> write(
                json.string("at", event.at().toString()).string("id", event.id().toString()), event));
    }

    /** {@return the line that stands for lost ones} */
    static byte[] gap(long missed) {
        return bytes(json -> json.string("event", "missed").number("count", OptionalLong.of(missed)));
    }

    private static byte[] bytes(Json.Body body) {
        return Json.line(body).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(Json json, ContainerEvent event) throws IOException {
        if (event instanceof ContainerEvent.StateChanged changed) {
            json.string("event", "state").string("state", name(changed.state()));
        } else if (event instanceof ContainerEvent.MemoryPressure pressure) {
            pressure(json.string("event", "memory-pressure"), pressure);
        } else if (event instanceof ContainerEvent.ThresholdCrossed crossed) {
            threshold(json.string("event", "memory-threshold"), crossed);
        } else if (event instanceof ContainerEvent.PidsLimitHit hit) {
            json.string("event", "pids-limit")
                    .number("failedForks", OptionalLong.of(hit.failedForks()))
                    .number("limit", hit.limit());
        } else if (event instanceof ContainerEvent.OomKilled kill) {
            oomKilled(json.string("event", "oom-killed"), kill);
        } else if (event instanceof ContainerEvent.Limited limited) {
            limitation(json.string("event", "limitation"), limited.limitation());
        } else if (event instanceof ContainerEvent.Exited exited) {
            json.string("event", "exited").exit("exit", exited.status());
        } else if (event instanceof ContainerEvent.Ended ended) {
            ended(json.string("event", "ended"), ended.termination());
        }
    }

    private static void pressure(Json json, ContainerEvent.MemoryPressure pressure) throws IOException {
        json.string("level", name(pressure.level()))
                .number("low", pressure.counts().low())
                .number("medium", pressure.counts().medium())
                .number("critical", pressure.counts().critical());
    }

    private static void threshold(Json json, ContainerEvent.ThresholdCrossed crossed) throws IOException {
        json.string("crossing", crossed.crossing().map(EventJson::name).orElse(null))
                .number("thresholdBytes", OptionalLong.of(crossed.thresholdBytes()))
                .number("usedBytes", OptionalLong.of(crossed.usedBytes()))
                .number("crossings", OptionalLong.of(crossed.crossings()));
    }

    private static void oomKilled(Json json, ContainerEvent.OomKilled kill) throws IOException {
        json.string("cause", name(kill.cause()))
                .number("oomKills", OptionalLong.of(kill.killed()))
                .number("limitBytes", kill.limitBytes())
                .number("peakBytes", kill.peakBytes());
    }

    private static void limitation(Json json, Limitation limitation) throws IOException {
        json.string("resource", limitation.resource())
                .number("limit", limitation.limit())
                .number("peak", limitation.peak())
                .string("message", limitation.message());
    }

    private static void ended(Json json, Optional<Termination> termination) throws IOException {
        json.exit("exit", termination.flatMap(Termination::status))
                .string("reason", termination.map(end -> end.reason().name()).orElse(null))
                .seconds("wallSeconds", termination.map(Termination::wall));
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
