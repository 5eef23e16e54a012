package dev.parallax.data;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Sequences;
import dev.parallax.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The texts of a batch, ragged at two levels: a text is a sequence of tokens, a token a bag of rows of the
/// embedding. Or tokens have states of a pretrained encoder.
public final class Texts {

    private final int[] owners;
    private final int[] ids;
    private final @Nullable Offsets bags;
    private final Offsets offsets;
    private final int @Nullable [] spans;
    private final @Nullable Tensor states;

    /// @param room   gives a buffer for so many values of the states
    /// @param owners which utterance of the batch each text belongs to, rising
    /// @param texts  as many, at least one; all have states, or none has
    Texts(Backend backend, IntFunction<Buffer> room, int[] owners, List<Tokens> texts) {
        this.owners = owners;
        this.ids = texts.stream().flatMapToInt(text -> IntStream.of(text.ids())).toArray();
        int[] sizes =
                texts.stream().flatMapToInt(text -> IntStream.of(text.bags())).toArray();
        List<float[]> each =
                texts.stream().map(Tokens::states).filter(Objects::nonNull).toList();
        if (!each.isEmpty() && each.size() < texts.size()) {
            throw new ShapeException("texts: " + each.size() + " of " + texts.size() + " have states, expected all");
        }
        boolean single = !each.isEmpty() || Arrays.stream(sizes).allMatch(size -> size == 1);
        this.bags = single ? null : Offsets.ofLengths(sizes);
        this.offsets = Offsets.ofLengths(texts.stream().mapToInt(Tokens::count).toArray());
        this.spans = texts.stream().allMatch(text -> text.spans() == null)
                ? null
                : texts.stream().flatMapToInt(Texts::spans).toArray();
        this.states = each.isEmpty()
                ? null
                : Sequences.of(
                                backend,
                                room,
                                each.getFirst().length / texts.getFirst().count(),
                                each.toArray(new float[0][]))
                        .rows();
    }

    private static IntStream spans(Tokens text) {
        int[] its = text.spans();
        return its == null ? IntStream.generate(() -> -1).limit(2L * text.count()) : IntStream.of(its);
    }

    /// Which utterance of the batch each text belongs to, rising.
    public int[] owners() {
        return owners.clone();
    }

    /// States of all tokens [tokens, columns], or null where tokens are rows of an embedding.
    public @Nullable Tensor states() {
        return states;
    }

    /// Rows of the embedding, bag after bag; none where there are states.
    public int[] ids() {
        return ids.clone();
    }

    /// Where the rows of each token begin, or null where each token is one row.
    public @Nullable Offsets bags() {
        return bags;
    }

    /// Where the tokens of each text begin.
    public Offsets offsets() {
        return offsets;
    }

    /// Which frames of its utterance belong to each token, from and to (exclusive) [tokens, 2]; -1 where it is not
    /// known, null where it is known for none.
    public int @Nullable [] spans() {
        return spans == null ? null : spans.clone();
    }
}
