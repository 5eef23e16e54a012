package dev.parallax.fusion;

import dev.parallax.io.Choice;
import org.jspecify.annotations.Nullable;

/// What a model can perceive of an utterance.
public enum Modality implements Choice {
    AUDIO,
    TEXT;

    /// The answer of a model's perspective on this modality.
    public View view() {
        return switch (this) {
            case AUDIO -> View.AUDIO;
            case TEXT -> View.TEXT;
        };
    }

    /// The modality of a word; null where it is none's. A strategy of a study is such a word or the name of a fusion.
    public static @Nullable Modality named(String word) {
        for (Modality modality : values()) {
            if (modality.word().equals(word)) {
                return modality;
            }
        }
        return null;
    }
}
