package dev.parallax.data;

import dev.parallax.ShapeException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The tokens of a text as a model takes them. A token is a bag of rows of the embedding (its word and its n-grams),
/// whose mean is its vector; or it has states of a pretrained encoder. Where it is known, a token also has the frames
/// during which it is spoken.
public final class Tokens {

    private final int[] ids;
    private final int[] bags;
    private final int @Nullable [] spans;
    private final float @Nullable [] states;

    /// @param ids   rows of the embedding, bag after bag
    /// @param bags  how many rows each token has, at least 1 each
    /// @param spans frames of each token, from and to (exclusive) [tokens, 2]; null where they are not known
    public Tokens(int[] ids, int[] bags, int @Nullable [] spans) {
        int sum = Arrays.stream(bags).sum();
        if (bags.length == 0 || sum != ids.length || Arrays.stream(bags).anyMatch(size -> size < 1)) {
            throw new ShapeException("tokens: " + bags.length + " bags of " + sum + " rows hold " + ids.length
                    + "; there must be a token, and each needs a row");
        }
        if (spans != null && spans.length != 2 * bags.length) {
            throw new ShapeException(
                    "tokens: " + spans.length + " ends of spans for " + bags.length + " tokens; each needs two");
        }
        this.ids = ids.clone();
        this.bags = bags.clone();
        this.spans = spans == null ? null : spans.clone();
        this.states = null;
    }

    private Tokens(float[] states, int count, int @Nullable [] spans) {
        this.ids = new int[0];
        this.bags = new int[count];
        this.spans = spans;
        this.states = states;
    }

    /// Tokens with states of a pretrained encoder.
    ///
    /// @param states [tokens, columns], not copied
    /// @param count  how many tokens there are, at least 1
    /// @param spans  frames of each token, from and to (exclusive) [tokens, 2], -1 where they are not known; null
    ///               where they are known for none
    public static Tokens ofStates(float[] states, int count, int @Nullable [] spans) {
        if (count < 1 || states.length % count != 0 || (spans != null && spans.length != 2 * count)) {
            throw new ShapeException("tokens: " + states.length + " states and " + (spans == null ? 0 : spans.length)
                    + " ends of spans for " + count + " tokens");
        }
        return new Tokens(states, count, spans == null ? null : spans.clone());
    }

    /// Tokens of one row each, whose frames are not known.
    public static Tokens of(int... ids) {
        int[] ones = new int[ids.length];
        Arrays.fill(ones, 1);
        return new Tokens(ids, ones, null);
    }

    /// How many tokens there are.
    public int count() {
        return bags.length;
    }

    /// States of the tokens [tokens, columns], not a copy, or null where tokens are rows of an embedding.
    public float @Nullable [] states() {
        return states;
    }

    /// Rows of the embedding, bag after bag; none where there are states.
    public int[] ids() {
        return ids.clone();
    }

    /// How many rows each token has.
    public int[] bags() {
        return bags.clone();
    }

    /// Frames of each token, from and to (exclusive) [tokens, 2]; null where they are not known.
    public int @Nullable [] spans() {
        return spans == null ? null : spans.clone();
    }

    /// The same tokens with their frames.
    public Tokens withSpans(int... known) {
        return states == null ? new Tokens(ids, bags, known) : ofStates(states, count(), known);
    }
}
