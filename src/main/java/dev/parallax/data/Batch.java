package dev.parallax.data;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.tensor.Sequences;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Some utterances side by side, ragged: the audio of those that have audio, the text of those that have text.
public final class Batch {

    private final int size;
    private final int[] labels;
    private final int[] audioOwners;
    private final @Nullable Sequences audio;
    private final @Nullable Texts text;

    /// Puts examples side by side, in their order.
    ///
    /// @param room      gives a buffer for so many values of the frames or states
    /// @param frameSize features of a frame
    public Batch(Backend backend, IntFunction<Buffer> room, List<Example> examples, int frameSize) {
        this.size = examples.size();
        this.labels = examples.stream().mapToInt(Example::label).toArray();
        List<float[]> frames = new ArrayList<>();
        List<Tokens> texts = new ArrayList<>();
        IntStream.Builder withAudio = IntStream.builder();
        IntStream.Builder withText = IntStream.builder();
        for (int i = 0; i < size; i++) {
            float[] itsFrames = examples.get(i).frames();
            Tokens itsTokens = examples.get(i).tokens();
            if (itsFrames != null) {
                frames.add(itsFrames);
                withAudio.add(i);
            }
            if (itsTokens != null) {
                texts.add(itsTokens);
                withText.add(i);
            }
        }
        this.audioOwners = withAudio.build().toArray();
        this.audio = frames.isEmpty() ? null : Sequences.of(backend, room, frameSize, frames.toArray(new float[0][]));
        this.text = texts.isEmpty()
                ? null
                : new Texts(backend, room, withText.build().toArray(), texts);
        announce(backend);
    }

    /// So a device gets all its numbers at once.
    private void announce(Backend backend) {
        List<int[]> lists = new ArrayList<>();
        lists.add(labels);
        if (audio != null) {
            lists.add(audioOwners);
            lists.add(audio.offsets().starts());
        }
        if (text != null) {
            lists.add(text.owners());
            if (text.states() == null) {
                lists.add(text.ids());
            }
            lists.add(text.offsets().starts());
        }
        backend.announce(lists.toArray(new int[0][]));
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

    /// The texts, or null where no utterance has one.
    public @Nullable Texts text() {
        return text;
    }
}
