package dev.parallax.audit.training;

import dev.parallax.backend.Memory;
import dev.parallax.data.Batch;
import dev.parallax.data.DialogueBatch;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.DialogueRows;
import dev.parallax.data.Example;
import dev.parallax.data.Texts;
import dev.parallax.data.Vectors;
import dev.parallax.fusion.Modality;
import dev.parallax.model.DialogueConfig;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.tensor.Tensor;
import dev.parallax.trace.Source;
import dev.parallax.trace.Step;
import dev.parallax.trace.Trace;
import dev.parallax.train.FollowedTraining;
import dev.parallax.train.TrainingConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// What a batch is when it comes onto the tape, held against what the settings of training make of it: masks of
/// features ([MaskFormula]), hidden modalities ([Member]), and every other number as it was, to the bit.
///
/// @param recordings  of the batch that are heard
/// @param masked      those with masks
/// @param values      numbers of the recordings
/// @param maskedValues those under masks
/// @param hiddenAudio utterances whose audio is hidden   @param hiddenText those whose text is
/// @param wrong       numbers, of recordings, vectors, states and ids of words, that are others than they must be
public record InputCheck(
        int recordings, int masked, long values, long maskedValues, int hiddenAudio, int hiddenText, long wrong) {

    private static final String EMBEDDING = Source.PARAMETER + "text.embedding.weight";

    /// Whether all inputs are what they must be.
    public boolean holds() {
        return wrong == 0;
    }

    /// @param trace of the tape onto which the batch came
    static InputCheck of(FollowedTraining training, FollowedTraining.Next next, List<Member> members, Trace trace) {
        return switch (training.inputs()) {
            case FollowedTraining.Inputs.OfUtterances utterances ->
                ofUtterances((EmotionModel) training.model(), training.config(), utterances, next, members, trace);
            case FollowedTraining.Inputs.OfDialogues dialogues ->
                ofDialogues((DialogueModel) training.model(), dialogues, next, members, trace);
        };
    }

    private static InputCheck ofUtterances(
            EmotionModel model,
            TrainingConfig config,
            FollowedTraining.Inputs.OfUtterances inputs,
            FollowedTraining.Next next,
            List<Member> members,
            Trace trace) {
        List<Example> expected = new ArrayList<>();
        List<MaskFormula> heard = new ArrayList<>();
        int columns = model.config().frameSize();
        for (Member member : members) {
            Example plain = inputs.examples().get(member.example());
            MaskFormula frames = null;
            if (member.isHeard()) {
                frames = MaskFormula.of(
                        Objects.requireNonNull(plain.frames()),
                        columns,
                        inputs.groups(),
                        config.augmentation().steps().specAugment(),
                        config.seed(),
                        next.number(),
                        member.example());
                heard.add(frames);
            }
            expected.add(new Example(
                    frames == null ? null : frames.values(), member.isRead() ? plain.tokens() : null, member.label()));
        }
        long wrong = 0;
        try (Memory memory = model.backend().memory()) {
            Batch batch = new Batch(model.backend(), memory::allocate, expected, columns);
            Texts texts = batch.text();
            wrong += batch.audio() == null ? 0 : wrong(batch.audio().rows(), trace);
            if (texts != null) {
                Tensor states = texts.states();
                wrong += states == null ? wrongIds(texts.ids(), trace) : wrong(states, trace);
            }
        }
        return new InputCheck(
                heard.size(),
                (int) heard.stream().filter(frames -> frames.count() > 0).count(),
                heard.stream().mapToLong(frames -> frames.values().length).sum(),
                heard.stream().mapToLong(MaskFormula::count).sum(),
                hidden(members, Modality.AUDIO),
                hidden(members, Modality.TEXT),
                wrong);
    }

    private static InputCheck ofDialogues(
            DialogueModel model,
            FollowedTraining.Inputs.OfDialogues inputs,
            FollowedTraining.Next next,
            List<Member> members,
            Trace trace) {
        List<DialogueExample> expected = new ArrayList<>();
        int at = 0;
        for (int number : next.batch()) {
            DialogueExample plain = inputs.examples().get(number);
            List<Vectors> left = new ArrayList<>();
            for (Vectors vectors : plain.utterances()) {
                Modality hidden = members.get(at++).hidden();
                left.add(
                        hidden == null
                                ? vectors
                                : hidden == Modality.AUDIO
                                        ? new Vectors(null, vectors.text())
                                        : new Vectors(vectors.audio(), null));
            }
            expected.add(new DialogueExample(left, plain.speakers(), plain.labels()));
        }
        DialogueConfig config = model.config();
        try (Memory memory = model.backend().memory()) {
            DialogueBatch batch = new DialogueBatch(
                    model.backend(),
                    memory::allocate,
                    expected,
                    config.audioSize(),
                    config.textSize(),
                    config.network().speakers());
            return new InputCheck(
                    count(members, member -> member.isHeard() ? 1 : 0),
                    0,
                    (long) config.audioSize() * count(members, member -> member.isHeard() ? 1 : 0),
                    0,
                    hidden(members, Modality.AUDIO),
                    hidden(members, Modality.TEXT),
                    wrong(batch.audio(), trace) + wrong(batch.text(), trace));
        }
    }

    private static int hidden(List<Member> members, Modality modality) {
        return count(members, member -> member.hidden() == modality ? 1 : 0);
    }

    private static int count(List<Member> members, ToIntFunction<Member> each) {
        return members.stream().mapToInt(each).sum();
    }

    private static long wrong(@Nullable DialogueRows rows, Trace trace) {
        return rows == null ? 0 : wrong(rows.rows().rows(), trace);
    }

    /// How many numbers of what must be on the tape are others on it; all where nothing of their shape is there.
    /// Where blocks of a pretrained encoder are trained, only some columns of its states may come onto the tape.
    private static long wrong(Tensor expected, Trace trace) {
        int rows = expected.shape().rows();
        int columns = expected.shape().columns();
        double[] values = Step.doubles(expected.toArray());
        List<Step> given = trace.steps().stream()
                .filter(step -> step.reference() == null
                        && step.shape().size() == 2
                        && step.shape().getFirst() == rows
                        && step.shape().getLast() <= columns)
                .toList();
        List<Step> whole =
                given.stream().filter(step -> step.shape().getLast() == columns).toList();
        long fewest = values.length;
        for (Step step : whole.isEmpty() ? given : whole) {
            int width = step.shape().getLast();
            for (int from = 0; fewest > 0 && from + width <= columns; from++) {
                fewest = Math.min(fewest, differing(block(values, columns, from, width), step.values()));
            }
        }
        return fewest;
    }

    private static double[] block(double[] rows, int columns, int from, int width) {
        double[] block = new double[rows.length / columns * width];
        for (int i = 0; i < block.length; i++) {
            block[i] = rows[i / width * columns + from + i % width];
        }
        return block;
    }

    private static long differing(double[] expected, double[] found) {
        long differing = 0;
        for (int i = 0; i < expected.length; i++) {
            differing += Double.compare(expected[i], found[i]) == 0 ? 0 : 1;
        }
        return differing;
    }

    /// The same of the rows of the embedding that are read.
    private static long wrongIds(int[] expected, Trace trace) {
        for (Step step : trace.steps()) {
            if (!step.in().isEmpty() && step.in().getFirst().value().equals(EMBEDDING)) {
                int[] found = step.action().settings().array("ids").integers();
                return found.length == expected.length ? differing(doubles(expected), doubles(found)) : expected.length;
            }
        }
        return expected.length;
    }

    private static double[] doubles(int[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }
}
