package dev.parallax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/// Calls of a method while a command runs, with their stacks, as the JVM's flight recorder sees them.
public final class MethodTraces {

    private static final String EVENT = "jdk.MethodTrace";

    private MethodTraces() {}

    /// @param folder gets the recorder's file
    /// @param method `package.Class::method` below `dev.parallax`, or a class for all its methods
    /// @param command is to succeed
    public static List<RecordedEvent> of(Path folder, String method, List<String> command) throws IOException {
        Path file = folder.resolve("traces.jfr");
        try (Recording recording = new Recording()) {
            recording
                    .enable(EVENT)
                    .with("filter", "dev.parallax." + method)
                    .withStackTrace()
                    .withoutThreshold();
            recording.start();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int code = Main.run(command.toArray(String[]::new), new ByteArrayOutputStream(), err);
            assertEquals(0, code, () -> err.toString(StandardCharsets.UTF_8));
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(EVENT))
                .toList();
    }
}
