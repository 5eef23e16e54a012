package dev.parallax.pretrained.encoder;

import dev.parallax.BadInputException;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.NearbyPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What an encoder reads.
public enum EncoderKind {
    TEXT,
    SPEECH;

    static final List<String> OF_TEXT = List.of("bert", "distilbert", "roberta", "xlm-roberta", "camembert");
    static final String WHISPER = "whisper";
    static final List<String> OF_SPEECH = List.of("wav2vec2", "hubert", "wavlm", "data2vec-audio", WHISPER);

    /// The kind of the encoder in a folder, by the `model_type` of its `config.json`.
    ///
    /// @throws BadInputException if the folder has none, or one of another kind
    public static EncoderKind of(Path folder) {
        Path file = folder.resolve("config.json");
        if (isOfFunAsr(folder)) {
            return SPEECH;
        }
        if (!Files.isRegularFile(file)) {
            throw new BadInputException(folder + ": " + whyNoEncoder(folder));
        }
        JsonObject json = Json.parseObject(file);
        String type = json.text("model_type");
        if (OF_TEXT.contains(type)) {
            return TEXT;
        }
        if (OF_SPEECH.contains(type)) {
            return SPEECH;
        }
        List<String> all = Stream.concat(OF_TEXT.stream(), OF_SPEECH.stream()).toList();
        throw new EncoderSettings(json).refused("model_type", type, String.join(", ", all));
    }

    private static String whyNoEncoder(Path folder) {
        boolean isClosed = Files.isDirectory(folder)
                ? !Files.isReadable(folder) || !Files.isExecutable(folder)
                : !Files.exists(folder) && !Files.notExists(folder);
        if (isClosed) {
            return "may not be looked into; the rights to read it, or a folder above it, are missing";
        }
        String wrong = Files.isDirectory(folder)
                ? "no encoder: it has no config.json"
                : Files.exists(folder) ? "is no folder" : "no such folder" + NearbyPath.hint(folder);
        return wrong + "; give the folder of a pretrained encoder, with config.json and weights";
    }

    /// Whether a folder has the settings of an encoder as FunASR writes them, and not as Hugging Face does.
    static boolean isOfFunAsr(Path folder) {
        return Files.isRegularFile(folder.resolve("config.yaml")) && !Files.exists(folder.resolve("config.json"));
    }
}
