package dev.parallax.data;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Sequences;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Some dialogues side by side, ragged: each is a sequence, each row an utterance. The utterances are numbered through:
/// utterance i of the batch is row i.
public final class DialogueBatch {

    private final Offsets offsets;
    private final @Nullable Sequences audio;
    private final @Nullable Sequences text;
    private final int[] labels;

    /// Puts dialogues side by side, in their order; all have the same modalities.
    ///
    /// @param audioSize D_a, features of an audio vector; 0 where audio is not read
    /// @param textSize  D_t, features of a text vector; 0 where text is not read
    public DialogueBatch(Backend backend, List<DialogueExample> dialogues, int audioSize, int textSize) {
        this.offsets = Offsets.ofLengths(
                dialogues.stream().mapToInt(DialogueExample::length).toArray());
        this.audio = audioSize == 0 ? null : rows(backend, dialogues, "audio", DialogueExample::audio, audioSize);
        this.text = textSize == 0 ? null : rows(backend, dialogues, "text", DialogueExample::text, textSize);
        this.labels = dialogues.stream()
                .flatMapToInt(dialogue -> IntStream.of(dialogue.labels()))
                .toArray();
    }

    private Sequences rows(
            Backend backend,
            List<DialogueExample> dialogues,
            String what,
            Function<DialogueExample, float @Nullable []> values,
            int size) {
        float[][] each = dialogues.stream().map(values).filter(Objects::nonNull).toArray(float[][]::new);
        if (each.length < dialogues.size()) {
            throw new ShapeException("dialogues: " + (dialogues.size() - each.length) + " of " + dialogues.size()
                    + " have no " + what + " vectors");
        }
        Sequences rows = Sequences.of(backend, size, each);
        if (!rows.offsets().equals(offsets)) {
            throw new ShapeException(
                    "dialogues: the " + what + " vectors do not have " + size + " features for each utterance");
        }
        return rows;
    }

    /// Where each dialogue begins.
    public Offsets offsets() {
        return offsets;
    }

    /// The audio vectors, or null where audio is not read.
    public @Nullable Sequences audio() {
        return audio;
    }

    /// The text vectors, or null where text is not read.
    public @Nullable Sequences text() {
        return text;
    }

    /// The class of each utterance, -1 where it is not known.
    public int[] labels() {
        return labels.clone();
    }
}
