package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.data.Dialogue;
import dev.parallax.data.DialogueBatch;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.model.DialogueModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The dialogues of a corpus as examples for one model; those without a labelled utterance are left out, since they
/// neither teach nor score anything.
final class DialogueExamples implements Examples {

    private final DialogueModel model;
    private final List<DialogueExample> dialogues = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final int[] firsts;

    /// @param utterances whole dialogues, each utterance with its vectors
    DialogueExamples(DialogueModel model, List<Utterance> utterances) {
        this.model = model;
        for (Dialogue dialogue : Dialogue.of(utterances)) {
            DialogueExample example = example(dialogue.utterances());
            if (IntStream.of(example.labels()).anyMatch(label -> label >= 0)) {
                dialogues.add(example);
                dialogue.utterances().forEach(utterance -> ids.add(utterance.id()));
            }
        }
        this.firsts = new int[dialogues.size()];
        for (int i = 1; i < firsts.length; i++) {
            firsts[i] = firsts[i - 1] + dialogues.get(i - 1).length();
        }
    }

    private DialogueExample example(List<Utterance> utterances) {
        int[] labels = new int[utterances.size()];
        int audioSize = model.config().audioSize();
        int textSize = model.config().textSize();
        float[] audio = new float[labels.length * audioSize];
        float[] text = new float[labels.length * textSize];
        for (int i = 0; i < labels.length; i++) {
            Utterance utterance = utterances.get(i);
            String emotion = utterance.emotion();
            labels[i] = emotion == null ? -1 : model.labels().index(emotion, "utterance " + utterance.id());
            Vectors vectors = utterance.vectors();
            put("audio", utterance, vectors == null ? null : vectors.audio(), i, audioSize, audio);
            put("text", utterance, vectors == null ? null : vectors.text(), i, textSize, text);
        }
        return new DialogueExample(audioSize == 0 ? null : audio, textSize == 0 ? null : text, labels);
    }

    private static void put(
            String what, Utterance utterance, float @Nullable [] vector, int row, int size, float[] out) {
        if (size == 0) {
            return;
        }
        if (vector == null || vector.length != size) {
            throw new BadInputException("utterance " + utterance.id() + ": its " + what + " vector has "
                    + (vector == null ? 0 : vector.length) + " features, the model reads " + size
                    + "; give vectors that were made as in training");
        }
        System.arraycopy(vector, 0, out, row * size, size);
    }

    @Override
    public int size() {
        return dialogues.size();
    }

    @Override
    public int[] labels(int i) {
        return dialogues.get(i).labels();
    }

    @Override
    public int utterance(int i) {
        return firsts[i];
    }

    @Override
    public List<String> ids() {
        return ids;
    }

    @Override
    public int length(int i) {
        return dialogues.get(i).length();
    }

    @Override
    public Shard shard(int... some) {
        DialogueBatch batch =
                model.batch(Arrays.stream(some).mapToObj(dialogues::get).toList());
        return pass -> model.forward(pass, batch);
    }
}
