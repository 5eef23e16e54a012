package dev.parallax.data;

import dev.parallax.backend.Offsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The texts of a batch, ragged at two levels: a text is a sequence of tokens, a token a bag of rows of the
/// embedding.
public final class Texts {

    private final int[] owners;
    private final int[] ids;
    private final @Nullable Offsets bags;
    private final Offsets offsets;
    private final int @Nullable [] spans;

    /// @param owners which utterance of the batch each text belongs to, rising
    /// @param texts  as many, at least one
    Texts(int[] owners, List<Tokens> texts) {
        this.owners = owners;
        this.ids = texts.stream().flatMapToInt(text -> IntStream.of(text.ids())).toArray();
        int[] sizes =
                texts.stream().flatMapToInt(text -> IntStream.of(text.bags())).toArray();
        this.bags = Arrays.stream(sizes).allMatch(size -> size == 1) ? null : Offsets.ofLengths(sizes);
        this.offsets = Offsets.ofLengths(texts.stream().mapToInt(Tokens::count).toArray());
        this.spans = texts.stream().allMatch(text -> text.spans() == null)
                ? null
                : texts.stream().flatMapToInt(Texts::spans).toArray();
    }

    private static IntStream spans(Tokens text) {
        int[] its = text.spans();
        return its == null ? IntStream.generate(() -> -1).limit(2L * text.count()) : IntStream.of(its);
    }

    /// Which utterance of the batch each text belongs to, rising.
    public int[] owners() {
        return owners.clone();
    }

    /// Rows of the embedding, bag after bag.
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
