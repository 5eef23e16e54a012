package dev.parallax.setup.request;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.nio.file.Path;

/// Settings that were read from a file.
///
/// @param name     of the file, the start of messages
/// @param document what it holds
public record SettingsFile(String name, JsonObject document) {

    /// Reads a file.
    ///
    /// @throws dev.parallax.BadInputException when it is not there or no JSON
    public static SettingsFile read(Path file) {
        return new SettingsFile(file.toString(), Json.parseObject(file));
    }
}
