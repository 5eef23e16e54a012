package dev.parallax.backend;

import dev.parallax.ShapeException;

/// The sizes of an attention kernel's call.
///
/// @param queries where each query sequence begins
/// @param keys    where each key (and value) sequence begins; query sequence i attends to key sequence i
/// @param width   D, columns of query, key, value and output
/// @param heads   heads, a divisor of `width`; head h owns the columns h·D/heads .. (h+1)·D/heads - 1
/// @param causal  whether query row t reads only the keys 0 .. t of its sequence
public record AttentionSizes(Offsets queries, Offsets keys, int width, int heads, boolean causal) {

    public AttentionSizes {
        if (heads < 1 || width % heads != 0) {
            throw new ShapeException("attention: width " + width + " is not a multiple of " + heads + " heads");
        }
        if (queries.count() != keys.count()) {
            throw new ShapeException("attention: " + queries.count() + " query sequences but " + keys.count()
                    + " key sequences; they must pair up");
        }
        for (int i = 0; causal && i < queries.count(); i++) {
            if (queries.length(i) != keys.length(i)) {
                throw new ShapeException("attention: causal, but sequence " + i + " has " + queries.length(i)
                        + " queries and " + keys.length(i) + " keys; query t reads the keys 0 .. t, so they must be as"
                        + " many");
            }
        }
    }

    /// Sizes where every query reads all keys of its sequence.
    public AttentionSizes(Offsets queries, Offsets keys, int width, int heads) {
        this(queries, keys, width, heads, false);
    }

    /// Number of keys that query row `t` of sequence `i` reads: the first ones of that sequence.
    public int keysRead(int i, int t) {
        return causal ? t + 1 : keys.length(i);
    }

    /// Columns per head.
    public int headWidth() {
        return width / heads;
    }

    /// The factor on the scores: 1 / sqrt(columns per head).
    public float scale() {
        return (float) (1 / Math.sqrt(headWidth()));
    }

    /// Number of attention weights, those of unread keys included: the sum over sequences of queries · keys.
    public int weightCount() {
        int count = 0;
        for (int i = 0; i < queries.count(); i++) {
            count = Math.addExact(count, Math.multiplyExact(queries.length(i), keys.length(i)));
        }
        return count;
    }
}
