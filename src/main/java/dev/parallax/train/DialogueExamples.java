package dev.parallax.train;

import dev.parallax.BadInputException;
import dev.parallax.data.Dialogue;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.Utterance;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.Modality;
import dev.parallax.model.DialogueModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// The dialogues of a corpus as examples for one model; those without a labelled utterance are left out, since they
/// serve neither training nor scoring.
final class DialogueExamples implements Examples {

    private final DialogueModel model;
    private final List<DialogueExample> dialogues = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final List<String> corpora = new ArrayList<>();
    private final int[] firsts;
    private final ModalityDropout hiding;

    /// @param utterances whole dialogues, each utterance with its vectors; those that have none of the vectors that
    ///                   the model reads are left out
    DialogueExamples(DialogueModel model, List<Utterance> utterances) {
        this(model, utterances, ModalityDropout.NONE);
    }

    /// @param hiding what training examples lose
    DialogueExamples(DialogueModel model, List<Utterance> utterances, ModalityDropout hiding) {
        this.hiding = hiding;
        this.model = model;
        List<Utterance> readable = utterances.stream().filter(this::isRead).toList();
        for (Dialogue dialogue : Dialogue.of(readable)) {
            DialogueExample example = example(dialogue);
            if (IntStream.of(example.labels()).anyMatch(label -> label >= 0)) {
                dialogues.add(example);
                corpora.add(dialogue.utterances().getFirst().origin().corpusOrNothing());
                dialogue.utterances().forEach(utterance -> ids.add(utterance.id()));
            }
        }
        this.firsts = new int[dialogues.size()];
        for (int i = 1; i < firsts.length; i++) {
            firsts[i] = firsts[i - 1] + dialogues.get(i - 1).length();
        }
    }

    /// Whether an utterance has a vector that the model reads.
    ///
    /// @throws BadInputException when a vector has another size
    private boolean isRead(Utterance utterance) {
        Vectors vectors = utterance.vectors();
        if (vectors == null) {
            return false;
        }
        boolean heard =
                fits("audio", utterance, vectors.audioSize(), model.config().audioSize());
        boolean read =
                fits("text", utterance, vectors.textSize(), model.config().textSize());
        return heard || read;
    }

    private static boolean fits(String what, Utterance utterance, int found, int expected) {
        if (found > 0 && expected > 0 && found != expected) {
            throw new BadInputException("utterance " + utterance.id() + ": its " + what + " vector has " + found
                    + " features, the model reads " + expected + "; give vectors that were made as in training");
        }
        return found > 0 && expected > 0;
    }

    private DialogueExample example(Dialogue dialogue) {
        List<Utterance> utterances = dialogue.utterances();
        List<Vectors> vectors = new ArrayList<>();
        int[] labels = new int[utterances.size()];
        for (int i = 0; i < labels.length; i++) {
            Utterance utterance = utterances.get(i);
            String emotion = utterance.emotion();
            labels[i] = emotion == null ? -1 : model.labels().index(emotion, "utterance " + utterance.id());
            vectors.add(model.scaling().apply(Objects.requireNonNull(utterance.vectors())));
        }
        return new DialogueExample(vectors, dialogue.speakers(), labels);
    }

    @Override
    public int size() {
        return dialogues.size();
    }

    @Override
    public String corpus(int i) {
        return corpora.get(i);
    }

    @Override
    public int[] labels(int i) {
        return dialogues.get(i).labels();
    }

    @Override
    public boolean hasAudio(int i, int row) {
        return model.config().audioSize() > 0
                && dialogues.get(i).utterances().get(row).audioSize() > 0;
    }

    @Override
    public boolean hasText(int i, int row) {
        return model.config().textSize() > 0
                && dialogues.get(i).utterances().get(row).textSize() > 0;
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
        List<DialogueExample> those =
                Arrays.stream(some).mapToObj(dialogues::get).toList();
        return pass -> model.forward(pass, those);
    }

    @Override
    public Shard trainingShard(int step, int... some) {
        List<DialogueExample> those =
                Arrays.stream(some).mapToObj(i -> hidden(i, step)).toList();
        return pass -> model.forward(pass, those);
    }

    /// All of them, with nothing hidden.
    List<DialogueExample> asTheyAre() {
        return List.copyOf(dialogues);
    }

    private DialogueExample hidden(int i, int step) {
        DialogueExample dialogue = dialogues.get(i);
        if (hiding.probability() == 0) {
            return dialogue;
        }
        List<Vectors> left = new ArrayList<>();
        for (int row = 0; row < dialogue.length(); row++) {
            Vectors vectors = dialogue.utterances().get(row);
            boolean both = hasAudio(i, row) && hasText(i, row);
            Modality hidden = both ? hiding.hidden(step, firsts[i] + row) : null;
            left.add(
                    hidden == null
                            ? vectors
                            : hidden == Modality.AUDIO
                                    ? new Vectors(null, vectors.text())
                                    : new Vectors(vectors.audio(), null));
        }
        return new DialogueExample(left, dialogue.speakers(), dialogue.labels());
    }
}
