package dev.parallax.data;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Sequences;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Some utterances side by side, ragged: the audio of those that have audio, the text of those that have text.
public final class Batch {

    private final int size;
    private final int[] labels;
    private final int[] audioOwners;
    private final @Nullable Sequences audio;
    private final int[] textOwners;
    private final int[] tokens;
    private final @Nullable Offsets textOffsets;
    private final int @Nullable [] spans;

    /// Puts examples side by side, in their order.
    ///
    /// @param frameSize features of a frame
    public Batch(Backend backend, List<Example> examples, int frameSize) {
        this.size = examples.size();
        this.labels = examples.stream().mapToInt(Example::label).toArray();
        List<float[]> frames = new ArrayList<>();
        List<int[]> texts = new ArrayList<>();
        IntStream.Builder times = IntStream.builder();
        boolean timed = false;
        IntStream.Builder withAudio = IntStream.builder();
        IntStream.Builder withText = IntStream.builder();
        for (int i = 0; i < size; i++) {
            float[] itsFrames = examples.get(i).frames();
            int[] itsTokens = examples.get(i).tokens();
            if (itsFrames != null) {
                frames.add(itsFrames);
                withAudio.add(i);
            }
            if (itsTokens != null) {
                texts.add(itsTokens);
                withText.add(i);
                int[] its = examples.get(i).spans();
                timed |= its != null;
                for (int end = 0; end < 2 * itsTokens.length; end++) {
                    times.add(its == null ? -1 : its[end]);
                }
            }
        }
        this.audioOwners = withAudio.build().toArray();
        this.textOwners = withText.build().toArray();
        this.audio = frames.isEmpty() ? null : Sequences.of(backend, frameSize, frames.toArray(new float[0][]));
        this.spans = timed ? times.build().toArray() : null;
        this.tokens = texts.stream().flatMapToInt(IntStream::of).toArray();
        this.textOffsets = texts.isEmpty()
                ? null
                : Offsets.ofLengths(texts.stream().mapToInt(text -> text.length).toArray());
    }

    /// Number of utterances.
    public int size() {
        return size;
    }

    /// The class of each utterance.
    public int[] labels() {
        return labels.clone();
    }

    /// Which utterance each sequence of [#audio] belongs to, rising.
    public int[] audioOwners() {
        return audioOwners.clone();
    }

    /// The frames, or null where no utterance has audio.
    public @Nullable Sequences audio() {
        return audio;
    }

    /// Which utterance each sequence of tokens belongs to, rising.
    public int[] textOwners() {
        return textOwners.clone();
    }

    /// Word ids, one text directly after the other.
    public int[] tokens() {
        return tokens.clone();
    }

    /// Where each text begins, or null where no utterance has text.
    public @Nullable Offsets textOffsets() {
        return textOffsets;
    }

    /// Which frames of its utterance belong to each token, from and to (exclusive) [tokens, 2]; -1 where it is not
    /// known, null where it is known of none.
    public int @Nullable [] spans() {
        return spans == null ? null : spans.clone();
    }
}
