package org.corral.containerizer.event;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.corral.core.ExitStatus;
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
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", event.at().toString()).put("id", event.id().toString());
        write(json, event);
        return bytes(json);
    }

    /** {@return the line that stands for lost ones} */
    static byte[] gap(long missed) {
        return bytes(
                JsonNodeFactory.instance.objectNode().put("event", "missed").put("count", missed));
    }

    private static byte[] bytes(ObjectNode json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void write(ObjectNode json, ContainerEvent event) {
        if (event instanceof ContainerEvent.StateChanged changed) {
            json.put("event", "state").put("state", name(changed.state()));
        } else if (event instanceof ContainerEvent.MemoryPressure pressure) {
            pressure(json, pressure);
        } else if (event instanceof ContainerEvent.PidsLimitHit hit) {
            number(json.put("event", "pids-limit").put("failedForks", hit.failedForks()), "limit", hit.limit());
        } else if (event instanceof ContainerEvent.OomKilled kill) {
            oomKilled(json, kill);
        } else if (event instanceof ContainerEvent.Limited limited) {
            limitation(json.put("event", "limitation"), limited.limitation());
        } else if (event instanceof ContainerEvent.Exited exited) {
            exit(json.put("event", "exited"), exited.status());
        } else if (event instanceof ContainerEvent.Ended ended) {
            ended(json.put("event", "ended"), ended.termination());
        }
    }

    private static void pressure(ObjectNode json, ContainerEvent.MemoryPressure pressure) {
        json.put("event", "memory-pressure").put("level", name(pressure.level()));
        number(json, "low", pressure.counts().low());
        number(json, "medium", pressure.counts().medium());
        number(json, "critical", pressure.counts().critical());
    }

    private static void oomKilled(ObjectNode json, ContainerEvent.OomKilled kill) {
        json.put("event", "oom-killed").put("cause", name(kill.cause())).put("oomKills", kill.killed());
        number(json, "limitBytes", kill.limitBytes());
        number(json, "peakBytes", kill.peakBytes());
    }

    private static void limitation(ObjectNode json, Limitation limitation) {
        json.put("resource", limitation.resource());
        number(json, "limit", limitation.limit());
        number(json, "peak", limitation.peak());
        json.put("message", limitation.message());
    }

    private static void exit(ObjectNode json, Optional<ExitStatus> status) {
        if (status.isEmpty()) {
            json.putNull("exit");
        } else if (status.get() instanceof ExitStatus.Exited exited) {
            json.putObject("exit").put("code", exited.code());
        } else if (status.get() instanceof ExitStatus.Signaled signaled) {
            json.putObject("exit").put("signal", signaled.signal());
        }
    }

    private static void ended(ObjectNode json, Optional<Termination> termination) {
        exit(json, termination.flatMap(Termination::status));
        json.put("reason", termination.map(end -> end.reason().name()).orElse(null));
        json.put(
                "wallSeconds",
                termination.map(end -> end.wall().toMillis() / 1e3).orElse(null));
    }

    private static void number(ObjectNode json, String name, OptionalLong value) {
        if (value.isPresent()) {
            json.put(name, value.getAsLong());
        } else {
            json.putNull(name);
        }
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
