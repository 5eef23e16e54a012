package dev.parallax.corpus.synthetic;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.SafeFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The mark of a written corpus whose speech is no person's: one line that says how it was made. It stands in each row
/// of the manifest, in the column [#COLUMN], so that it goes where the manifest goes. It is also the field `speech` of
/// the file `corpus.json` beside the manifest; corpora that were written before have it there alone. Who reads the
/// manifest passes the line on.
public final class SyntheticSpeech {

    /// How the corpus is made that needs no files.
    public static final String BY_RULES = "made by rules, not spoken";

    /// The column of a manifest that has the line; empty where a person spoke.
    public static final String COLUMN = "synthesis";

    private static final String FILE = "corpus.json";
    private static final String SPEECH = "speech";

    private SyntheticSpeech() {}

    /// What everyone must know who reads a score: one line.
    ///
    /// @param speech how the speech was made
    public static String note(String speech) {
        return speech + ": its accuracies say nothing about people's voices";
    }

    /// The same of several corpora.
    ///
    /// @param speech of each how it was made
    public static List<String> notes(List<String> speech) {
        return speech.stream().map(SyntheticSpeech::note).toList();
    }

    /// What everyone must know who uses a model, one line each.
    ///
    /// @param speech of each corpus that it was trained on and that no person spoke, how it was made
    public static List<String> ofModel(List<String> speech) {
        return speech.stream()
                .map(line -> "the model was trained on speech that no person spoke: " + line)
                .toList();
    }

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
