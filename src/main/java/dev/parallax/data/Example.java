package dev.parallax.data;

import dev.parallax.ShapeException;
import org.jspecify.annotations.Nullable;

/// What a model is fed for one utterance: frames, tokens, or both, and the class where it is known.
public final class Example {

    private final float @Nullable [] frames;
    private final int @Nullable [] tokens;
    private final int @Nullable [] spans;
    private final int label;

    /// An example whose tokens have no times.
    ///
    /// @param frames features of the audio [time, size] row-major, at least one row; or null
    /// @param tokens word ids of the text, at least one; or null
    /// @param label  the class, from 0; -1 where it is not known
    public Example(float @Nullable [] frames, int @Nullable [] tokens, int label) {
        this(frames, tokens, null, label);
    }

    /// @param spans which frames belong to each token, from and to (exclusive) [tokens, 2]; null where it is not
    ///              known
    public Example(float @Nullable [] frames, int @Nullable [] tokens, int @Nullable [] spans, int label) {
        if (frames == null && tokens == null) {
            throw new ShapeException("example: there are neither frames nor tokens");
        }
        this.frames = frames;
        if (spans != null && (tokens == null || spans.length != 2 * tokens.length)) {
            throw new ShapeException("example: " + spans.length + " ends of spans for "
                    + (tokens == null ? 0 : tokens.length) + " tokens; each needs two");
        }
        this.tokens = tokens;
        this.spans = spans;
        this.label = label;
    }

    /// The frames, not a copy, or null.
    public float @Nullable [] frames() {
        return frames;
    }

    /// The tokens, not a copy, or null.
    public int @Nullable [] tokens() {
        return tokens;
    }

    /// Which frames belong to each token, from and to (exclusive) [tokens, 2], not a copy; null where it is not
    /// known.
    public int @Nullable [] spans() {
        return spans;
    }

    /// The class, -1 where it is not known.
    public int label() {
        return label;
    }
}
