package dev.parallax.model.live;

import dev.parallax.audio.file.AudioFile;
import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.source.MemoryAudio;
import dev.parallax.io.SafeFiles;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.Prediction;
import dev.parallax.model.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A stretch of a stream, with what was said in it. It is answered as the WAV file of exactly its samples, by the same
/// way, so that the answer has the same bits.
final class LiveWindow {

    private static final String NAME = "audio"; // in messages

    private final double start;
    private final double end;
    private final byte @Nullable [] wav;
    private final @Nullable String text;

    /// @param start \[s\] of the stream
    /// @param end   \[s\]
    /// @param wav   a WAV file of its samples, or null where there are none
    /// @param text  what was said, or null
    LiveWindow(double start, double end, byte @Nullable [] wav, @Nullable String text) {
        this.start = start;
        this.end = end;
        this.wav = wav;
        this.text = text;
    }

    double start() {
        return start;
    }

    double end() {
        return end;
    }

    @Nullable
    String text() {
        return text;
    }

    /// SHA-256 of its WAV file, or null where it has no samples.
    @Nullable
    String hash() {
        return wav == null ? null : SafeFiles.sha256(wav);
    }

    /// Whether it is the same stretch with the same words.
    boolean isSameAs(LiveWindow other) {
        return start == other.start && end == other.end && Objects.equals(text, other.text);
    }

    /// Whether there is anything that the model reads.
    boolean isReadBy(Model model) {
        return (wav != null && model.readsAudio()) || (text != null && model.readsText());
    }

    /// The answer.
    ///
    /// @param threads at most, on which the answer does not depend
    Prediction predict(Model model, int threads) {
        List<String> warnings = new ArrayList<>();
        try (AudioFile file = wav == null ? null : AudioFile.of(wav, NAME, warnings::add)) {
            return switch (model) {
                case EmotionModel emotions ->
                    emotions.predict(file == null ? null : emotions.hear(file, warnings, threads), text, null, threads);
                case DialogueModel dialogues -> {
                    AudioSource source = file == null ? null : new MemoryAudio(file.readAll(), NAME);
                    yield dialogues
                            .predict(List.of(new Turn(source, text, null)), threads)
                            .getFirst();
                }
            };
        }
    }
}
