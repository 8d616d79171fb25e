package org.corral.containerizer.jfr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of JFR events in {@code docs/monitoring.md} has what there is, and nothing else. */
class JfrDocumentationTest {

    private static final Path PAGE = Path.of("..", "docs", "monitoring.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(corral\\.[A-Z]\\w+)` \\| ([^|]+) \\|");
    private static final Pattern WORD = Pattern.compile("`([^`]+)`");
    private static final List<String> OF_EVERY_EVENT = List.of("startTime", "duration", "eventThread", "stackTrace");

    static List<Class<? extends Event>> events() {
        return List.of(LaunchEvent.class, EndEvent.class, OomKillEvent.class);
    }

    @Test
    void tableOfEvents_everyRow_isAsRecorded() throws Exception {
        List<String> written = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(JfrDocumentationTest::row)
                .toList();

        assertThat(written)
                .containsExactlyInAnyOrderElementsOf(
                        events().stream().map(JfrDocumentationTest::row).toList());
    }

    private static String row(MatchResult row) {
        Stream<String> fields = WORD.matcher(row.group(2)).results().map(word -> word.group(1));
        return row.group(1) + " " + fields.toList();
    }

    private static String row(Class<? extends Event> event) {
        EventType type = EventType.getEventType(event);
        return type.getName() + " "
                + ownFields(type).map(ValueDescriptor::getName).toList();
    }

    private static Stream<ValueDescriptor> ownFields(EventType type) {
        return type.getFields().stream().filter(field -> !OF_EVERY_EVENT.contains(field.getName()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void event_everyField_hasALabelForPeople(Class<? extends Event> event) {
        EventType type = EventType.getEventType(event);

        assertThat(type.getCategoryNames()).containsExactly("Corral");
        assertThat(type.getLabel()).isNotBlank();
        assertThat(type.getDescription()).isNotBlank();
        assertThat(ownFields(type))
                .allSatisfy(field -> assertThat(field.getLabel()).isNotBlank());
    }
}
