package dev.parallax.data;

import dev.parallax.BadInputException;
import org.jspecify.annotations.Nullable;

/// A model's input for one utterance: frames, tokens, or both, and the class where it is known.
public final class Example {

    private final float @Nullable [] frames;
    private final @Nullable Tokens tokens;
    private final int label;

    /// @param frames features of the audio [time, size] row-major, at least one row; or null
    /// @param tokens of the text; or null
    /// @param label  the class, from 0; -1 where it is not known
    public Example(float @Nullable [] frames, @Nullable Tokens tokens, int label) {
        if (frames == null && tokens == null) {
            throw new BadInputException("example: there are neither frames nor tokens");
        }
        this.frames = frames;
        this.tokens = tokens;
        this.label = label;
    }

    /// The frames, not a copy, or null.
    public float @Nullable [] frames() {
        return frames;
    }

    /// The tokens, or null.
    public @Nullable Tokens tokens() {
        return tokens;
    }

    /// The class, -1 where it is not known.
    public int label() {
        return label;
    }
}
