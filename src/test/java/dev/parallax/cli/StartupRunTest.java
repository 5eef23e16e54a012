package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartupRunTest {

    /// A command that failed would teach the cache the way to a refusal.
    @Test
    void run_everyCommand_succeedsAndAnswers() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = StartupRun.run(out, err);
        assertEquals(0, code, err.toString(StandardCharsets.UTF_8));
        String said = out.toString(StandardCharsets.UTF_8);
        assertEquals(2, said.split("decision: ", -1).length - 1, said);
        for (String part : List.of("\"audioHash\"", "\"backends\"")) {
            assertTrue(said.contains(part), part + " in " + said);
        }
    }

    @Test
    void launcher_makesItsCacheByThisRun() throws IOException {
        assertTrue(
                Files.readString(Path.of("bin/parallax")).contains("-cp \"$jar\" " + StartupRun.class.getName() + " "));
    }
}
