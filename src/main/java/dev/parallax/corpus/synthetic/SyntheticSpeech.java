package dev.parallax.corpus.synthetic;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The mark of a written corpus whose speech is no person's: the file `corpus.json` beside its manifest, with the
/// field `speech`, one line that says how it was made. Who reads the manifest passes the line on.
public final class SyntheticSpeech {

    /// How the corpus is made that needs no files.
    public static final String BY_RULES = "made by rules, not spoken";

    private static final String FILE = "corpus.json";
    private static final String SPEECH = "speech";

    private SyntheticSpeech() {}

    /// Marks a folder.
    ///
    /// @param speech how its speech was made, one line
    /// @param others what else is to be known of the corpus
    public static void mark(Path folder, String speech, JsonObject others) {
        JsonObject about = Json.object().with(SPEECH, speech);
        for (var field : others.fields().entrySet()) {
            about = about.with(field.getKey(), field.getValue());
        }
        SafeFiles.write(folder.resolve(FILE), about.toIndentedText().getBytes(StandardCharsets.UTF_8));
    }

    /// How the speech in a folder was made, or null where it has no mark.
    public static @Nullable String in(Path folder) {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            JsonObject about = Json.parseObject(file);
            return about.has(SPEECH) ? about.text(SPEECH) : null;
        } catch (BadInputException e) {
            return null; // a file of that name which is not ours
        }
    }
}
