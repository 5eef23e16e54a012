package dev.parallax.data;

import dev.parallax.ShapeException;
import org.jspecify.annotations.Nullable;

/// What a model is fed for one dialogue: a vector for each utterance, in the order of the turns, from audio, from text
/// or from both, and the class of each where it is known.
public final class DialogueExample {

    private final float @Nullable [] audio;
    private final float @Nullable [] text;
    private final int[] labels;

    /// @param audio  one row an utterance [L, D_a] row-major, or null
    /// @param text   one row an utterance [L, D_t] row-major, or null
    /// @param labels the class of each utterance [L], from 0; -1 for one that is there for its neighbours only
    public DialogueExample(float @Nullable [] audio, float @Nullable [] text, int... labels) {
        if (labels.length == 0 || (audio == null && text == null)) {
            throw new ShapeException("dialogue: " + labels.length + " utterances, audio " + (audio != null) + ", text "
                    + (text != null) + "; it needs an utterance and a modality");
        }
        requireRows("audio", audio, labels.length);
        requireRows("text", text, labels.length);
        this.audio = audio;
        this.text = text;
        this.labels = labels.clone();
    }

    private static void requireRows(String what, float @Nullable [] values, int rows) {
        if (values != null && (values.length == 0 || values.length % rows != 0)) {
            throw new ShapeException(
                    "dialogue: " + values.length + " values of " + what + " are no rows of " + rows + " utterances");
        }
    }

    /// The audio vectors [L, D_a], not a copy, or null.
    public float @Nullable [] audio() {
        return audio;
    }

    /// The text vectors [L, D_t], not a copy, or null.
    public float @Nullable [] text() {
        return text;
    }

    /// The class of each utterance, -1 where it is not known.
    public int[] labels() {
        return labels.clone();
    }

    /// L, the number of utterances.
    public int length() {
        return labels.length;
    }
}
