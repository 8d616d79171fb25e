package org.corral.containerizer.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.OptionalLong;
import org.corral.containerizer.cli.show.Shown;
import org.corral.core.ExitStatus;

/** An event as a line for people: time, container, what happened. */
final class EventText {

    private EventText() {}

    /**
     * {@return the line}
     *
     * @param event as agents write it; a kind that this release does not know is shown by its name
     */
    static String of(JsonNode event) {
        String kind = event.path("event").asText();
        if (kind.equals("missed")) {
            return event.path("count").asLong() + " events were missed here: this command was too slow";
        }
        return event.path("at").asText() + "  " + event.path("id").asText() + "  " + what(kind, event);
    }

    private static String what(String kind, JsonNode event) {
        return switch (kind) {
            case "state" -> event.path("state").asText();
            case "memory-pressure" ->
                "memory pressure " + event.path("level").asText() + " (low " + count(event, "low") + ", medium "
                        + count(event, "medium") + ", critical " + count(event, "critical") + ")";
            case "memory-threshold" ->
                "memory use " + crossing(event) + " " + size(event, "thresholdBytes") + " (" + size(event, "usedBytes")
                        + " now, crossed " + count(event, "crossings") + " times)";
            case "pids-limit" ->
                "fork failed at the limit of " + count(event, "limit") + " processes (" + count(event, "failedForks")
                        + " so far)";
            case "oom-killed" ->
                "out of memory, " + event.path("oomKills").asLong() + " killed (" + cause(event) + " "
                        + size(event, "limitBytes") + ", peak " + size(event, "peakBytes") + ")";
            case "limitation" -> "ends: " + event.path("message").asText();
            case "exited" -> "exited, " + exit(event.path("exit"));
            case "ended" -> ended(event);
            default -> kind;
        };
    }

    private static String cause(JsonNode event) {
        return switch (event.path("cause").asText()) {
            case "own-limit" -> "its limit";
            case "ancestor-or-host" -> "a limit above it or the host's memory; its own";
            default -> "unknown whose limit; its own";
        };
    }

    private static String crossing(JsonNode event) {
        return switch (event.path("crossing").asText()) {
            case "risen" -> "has risen to";
            case "fallen" -> "has fallen below";
            default -> "was on both sides of";
        };
    }

    private static String ended(JsonNode event) {
        if (event.path("reason").isNull()) {
            return "gone, its launch failed";
        }
        return "gone, " + event.path("reason").asText().toLowerCase(Locale.ROOT) + ", "
                + exit(event.path("exit")) + ", after "
                + String.format(Locale.ROOT, "%.2f s", event.path("wallSeconds").asDouble());
    }

    private static String exit(JsonNode exit) {
        if (exit.has("code")) {
            return new ExitStatus.Exited(exit.get("code").asInt()).toString();
        }
        return exit.has("signal") ? new ExitStatus.Signaled(exit.get("signal").asInt()).toString() : "nobody knows how";
    }

    private static String count(JsonNode event, String name) {
        return Shown.count(number(event, name));
    }

    private static String size(JsonNode event, String name) {
        return Shown.size(number(event, name));
    }

    private static OptionalLong number(JsonNode event, String name) {
        return event.path(name).isNumber() ? OptionalLong.of(event.path(name).asLong()) : OptionalLong.empty();
    }
}
