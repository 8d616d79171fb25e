package org.corral.containerizer.jfr;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** A real recording of one kind of event, read back. */
public final class FlightRecording {

    private FlightRecording() {}

    /** {@return the events of that name while the body ran, by the times of their beginning} */
    public static List<RecordedEvent> of(String name, Body body) throws Exception {
        Path file = Files.createTempFile("corral", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(name);
            recording.start();
            body.run();
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(name))
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }

    /** What is recorded. */
    @FunctionalInterface
    public interface Body {
        void run() throws Exception;
    }
}
