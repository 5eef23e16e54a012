package dev.parallax.data;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.tensor.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Some dialogues side by side, ragged: each is a sequence, each row an utterance. The utterances are numbered through,
/// in the order of the dialogues.
public final class DialogueBatch {

    /// Columns that tell who speaks: the first to speak in the dialogue, the second, the third, any later one. All are
    /// 0 where it is not known.
    public static final int SPEAKERS = 4;

    private final @Nullable DialogueRows audio;
    private final @Nullable DialogueRows text;
    private final int[] labels;

    /// Puts dialogues side by side, in their order.
    ///
    /// @param audioSize D_a, features of an utterance's audio vector; 0 where audio is not read
    /// @param textSize  D_t, features of an utterance's text vector; 0 where text is not read
    /// @param speakers  whether each row ends with [#SPEAKERS] columns that tell who speaks
    public DialogueBatch(
            Backend backend, List<DialogueExample> dialogues, int audioSize, int textSize, boolean speakers) {
        this.audio = rows(backend, dialogues, "audio", Vectors::audio, audioSize, speakers);
        this.text = rows(backend, dialogues, "text", Vectors::text, textSize, speakers);
        this.labels = dialogues.stream()
                .flatMapToInt(dialogue -> IntStream.of(dialogue.labels()))
                .toArray();
    }

    private static @Nullable DialogueRows rows(
            Backend backend,
            List<DialogueExample> dialogues,
            String what,
            Function<Vectors, float @Nullable []> vector,
            int size,
            boolean speakers) {
        if (size == 0) {
            return null;
        }
        List<float[]> each = new ArrayList<>();
        IntStream.Builder owners = IntStream.builder();
        IntStream.Builder firsts = IntStream.builder();
        int width = size + (speakers ? SPEAKERS : 0);
        int first = 0;
        for (DialogueExample dialogue : dialogues) {
            float[] rows = new float[dialogue.length() * width];
            int[] who = dialogue.speakers();
            int count = 0;
            for (int i = 0; i < dialogue.length(); i++) {
                float[] values = vector.apply(dialogue.utterances().get(i));
                if (values == null) {
                    continue;
                }
                if (values.length != size) {
                    throw new ShapeException("dialogues: a vector of " + what + " has " + values.length
                            + " features, the model reads " + size);
                }
                System.arraycopy(values, 0, rows, count * width, size);
                if (speakers && who[i] >= 0) {
                    rows[count * width + size + Math.min(who[i], SPEAKERS - 1)] = 1;
                }
                owners.add(first + i);
                count++;
            }
            if (count > 0) {
                each.add(Arrays.copyOf(rows, count * width));
                firsts.add(first);
            }
            first += dialogue.length();
        }
        return each.isEmpty()
                ? null
                : new DialogueRows(
                        owners.build().toArray(),
                        firsts.build().toArray(),
                        Sequences.of(backend, width, each.toArray(new float[0][])));
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
