package dev.parallax.data;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.Offsets;
import dev.parallax.tensor.Sequences;
import dev.parallax.tensor.Shape;
import dev.parallax.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Some dialogues side by side, ragged: each is a sequence, each row an utterance. The utterances are numbered in
/// the order of the dialogues.
public final class DialogueBatch {

    /// Columns for who speaks: the first to speak in the dialogue, the second, the third, any later one. All are 0
    /// where it is not known.
    public static final int SPEAKERS = 4;

    private static final float[][] WHO = { // unknown, then the first to speak, ...
        {0, 0, 0, 0}, {1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}
    };

    private final @Nullable DialogueRows audio;
    private final @Nullable DialogueRows text;
    private final int[] labels;

    /// Puts dialogues side by side, in their order.
    ///
    /// @param room      gives memory for the vectors, by the number of values
    /// @param audioSize D_a, features of an utterance's audio vector; 0 where audio is not read
    /// @param textSize  D_t, features of an utterance's text vector; 0 where text is not read
    /// @param speakers  whether each row ends with [#SPEAKERS] columns for who speaks
    public DialogueBatch(
            Backend backend,
            IntFunction<Buffer> room,
            List<DialogueExample> dialogues,
            int audioSize,
            int textSize,
            boolean speakers) {
        this.audio = rows(backend, room, dialogues, "audio", Vectors::audio, audioSize, speakers);
        this.text = rows(backend, room, dialogues, "text", Vectors::text, textSize, speakers);
        this.labels = dialogues.stream()
                .flatMapToInt(dialogue -> IntStream.of(dialogue.labels()))
                .toArray();
        announce(backend);
    }

    /// So a device gets all its numbers at once.
    private void announce(Backend backend) {
        List<int[]> lists = new ArrayList<>();
        lists.add(labels);
        for (DialogueRows rows : Arrays.asList(audio, text)) {
            if (rows != null) {
                lists.add(rows.owners());
                lists.add(rows.dialogues());
                lists.add(rows.rows().offsets().starts());
            }
        }
        backend.announce(lists.toArray(new int[0][]));
    }

    private static @Nullable DialogueRows rows(
            Backend backend,
            IntFunction<Buffer> room,
            List<DialogueExample> dialogues,
            String what,
            Function<Vectors, float @Nullable []> vector,
            int size,
            boolean speakers) {
        if (size == 0) {
            return null;
        }
        List<float[]> rows = new ArrayList<>(); // with who speaks behind each
        int count = 0;
        IntStream.Builder owners = IntStream.builder();
        IntStream.Builder firsts = IntStream.builder();
        IntStream.Builder lengths = IntStream.builder();
        int first = 0;
        for (DialogueExample dialogue : dialogues) {
            int[] speaking = dialogue.speakers();
            int before = count;
            for (int i = 0; i < dialogue.length(); i++) {
                float[] values = vector.apply(dialogue.utterances().get(i));
                if (values == null) {
                    continue;
                }
                if (values.length != size) {
                    throw new ShapeException("dialogues: a vector of " + what + " has " + values.length
                            + " features, the model reads " + size);
                }
                rows.add(values);
                if (speakers) {
                    rows.add(WHO[Math.clamp(speaking[i] + 1, 0, SPEAKERS)]);
                }
                count++;
                owners.add(first + i);
            }
            if (count > before) {
                firsts.add(first);
                lengths.add(count - before);
            }
            first += dialogue.length();
        }
        if (count == 0) {
            return null;
        }
        int width = size + (speakers ? SPEAKERS : 0);
        Buffer all = room.apply(Math.multiplyExact(count, width));
        backend.uploadAll(rows, all);
        Sequences sequences = new Sequences(
                new Tensor(backend, Shape.of(count, width), all),
                Offsets.ofLengths(lengths.build().toArray()));
        return new DialogueRows(owners.build().toArray(), firsts.build().toArray(), sequences);
    }

    /// The audio vectors, or null where audio is not read or no utterance has it.
    public @Nullable DialogueRows audio() {
        return audio;
    }

    /// The text vectors, or null where text is not read or no utterance has it.
    public @Nullable DialogueRows text() {
        return text;
    }

    /// The class of each utterance, -1 where it is not known.
    public int[] labels() {
        return labels.clone();
    }
}
