package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.Nearest;
import dev.parallax.setup.request.Level;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Settings under a name, for each level: JSON as a file of settings has it, in the jar under
/// `dev/parallax/setup/presets`. A preset is like any other settings, but has a name.
final class Presets {

    /// `paper`: the model of Wu, Lu, Dai (ICASSP 2023), trained as they train it, its epoch chosen by a validation
    /// part. `paper-code`: as their released code has it, see `docs/paper.md`; its test part chooses the epoch, and
    /// each report of it says so. `text`: for tens of thousands of short texts, see `docs/text.md`. `starter`: the
    /// settings of the model in the jar, see `docs/starter.md`.
    static final List<String> NAMES = List.of("paper", "paper-code", "text", "starter");

    private Presets() {}

    /// The settings of a preset.
    static JsonObject of(String name, Level level) {
        if (!NAMES.contains(name)) {
            throw new BadInputException("‹preset " + name + "›: must be one of " + NAMES + Nearest.hint(name, NAMES));
        }
        String file = "presets/" + name + "." + level.word() + ".json";
        try (InputStream in = Presets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new BadInputException("‹preset " + name + "›: it is for single utterances; leave ‹level "
                        + level.word() + "› or the preset out");
            }
            return Json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8), "preset " + name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
