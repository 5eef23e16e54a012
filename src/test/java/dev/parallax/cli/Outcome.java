package dev.parallax.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The outcome of a command line.
///
/// @param code exit code
/// @param out  stdout
/// @param err  stderr
public record Outcome(int code, String out, String err) {

    /// Runs a command line in this JVM.
    public static Outcome of(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// Writes the embedded corpus as files, as `corpus synthesize` does.
    ///
    /// @return its manifest
    public static Path synthesized(Path folder, int size) {
        Outcome made = of("corpus", "synthesize", "--size", Integer.toString(size), "--out", folder.toString());
        assertEquals(0, made.code(), made.err());
        return folder.resolve("manifest.csv");
    }

    /// stdout as the one JSON document that it must be.
    public JsonObject json() {
        return Json.parseObject(out, "stdout");
    }
}
