package dev.parallax.cli;

import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Settings under a name, for each level: JSON as `--config` reads it, in the jar under `dev/parallax/cli/presets`.
/// They differ from other settings in nothing but their names.
final class Presets {

    /// `paper`: the model of Wu, Lu, Dai (ICASSP 2023), trained as they train it, its epoch chosen by a validation
    /// part. `paper-code`: as their released code has it, see `docs/paper.md`; its test part chooses the epoch, and
    /// each report of it says so.
    static final List<String> NAMES = List.of("paper", "paper-code");

    private Presets() {}

    /// The settings of a preset.
    ///
    /// @param level `utterance` or `dialogue`
    static JsonObject of(String name, String level) {
        TrainPlan.oneOf("--preset", name, NAMES);
        String file = "presets/" + name + "." + level + ".json";
        try (InputStream in = Presets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks dev/parallax/cli/" + file + "; build it again");
            }
            return Json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8), "preset " + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
