package dev.parallax.train;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.backend.Buffer;
import dev.parallax.data.DialogueExample;
import dev.parallax.data.Example;
import dev.parallax.data.Utterance;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.PerspectiveLoss;
import dev.parallax.io.Choice;
import dev.parallax.io.JsonObject;
import dev.parallax.model.DialogueModel;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Model;
import dev.parallax.model.RunRecord;
import dev.parallax.model.StartingWeights;
import dev.parallax.model.answer.AnswerRules;
import dev.parallax.optim.MovingAverage;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A training that is taken step by step, for those who look at each step: it begins at the weights of a model, with a
/// new optimiser, under the settings of the model's record, and some utterances are its training part. Each step is
/// that of [Trainer]; the epochs that train each perspective alone are passed over. The model is changed.
public final class FollowedTraining implements AutoCloseable {

    private final Model model;
    private final TrainingConfig config;
    private final Examples examples;
    private final Inputs inputs;
    private final TrainingSteps steps;
    private int epoch;
    private List<int[]> batches;
    private int taken; // of the epoch

    /// The examples before training changes anything, by their numbers.
    public sealed interface Inputs {

        /// Of single utterances.
        ///
        /// @param groups how often the same bands stand side by side in a row of features
        record OfUtterances(List<Example> examples, int groups) implements Inputs {
            public OfUtterances {
                examples = List.copyOf(examples);
            }
        }

        /// Of dialogues: vectors, already scaled.
        record OfDialogues(List<DialogueExample> examples) implements Inputs {
            public OfDialogues {
                examples = List.copyOf(examples);
            }
        }
    }

    /// The step that comes next.
    ///
    /// @param number   from 0: part of the key of every dropout, mask and hidden modality
    /// @param epoch    from 0
    /// @param progress epochs done after it, with fractions
    /// @param batch    the numbers of its examples
    public record Next(int number, int epoch, double progress, List<Integer> batch) {
        public Next {
            batch = List.copyOf(batch);
        }
    }

    /// A step that was taken.
    ///
    /// @param loss   of its batch, before it
    /// @param rate   the learning rate
    /// @param audio  the share of the step that the parameters of the audio took
    /// @param text   those of the text
    /// @param fusion those of the fusion
    public record Taken(double loss, double rate, double audio, double text, double fusion) {}

    /// @param model  whose answers are those of its network, by no rule
    /// @param inputs the examples before training changes anything
    FollowedTraining(Model model, TrainingConfig config, Examples examples, Inputs inputs, Workers workers) {
        this.model = model;
        this.config = config;
        this.examples = examples;
        this.inputs = inputs;
        this.steps = new TrainingSteps(model, config, examples, workers);
        this.epoch = steps.aloneEpochs();
        steps.resume(epoch, steps.stepsOf(epoch));
        this.batches = steps.begin(epoch);
    }

    /// Of utterances of a corpus.
    ///
    /// @param cache of the model's features
    /// @param notes receives what is left out, one line each
    public static FollowedTraining of(
            EmotionModel model,
            List<Utterance> utterances,
            FeatureCache cache,
            Workers workers,
            Consumer<String> notes) {
        TrainingConfig config = settings(model, TrainingConfig.STANDARD);
        StartingWeights.freeze(model, frozen(model));
        EmotionModel learning = (EmotionModel) withoutRules(model);
        CorpusExamples all = new CorpusExamples(
                learning, cache, Evaluation.usable(model, utterances, cache, workers, notes), List.of(), config, notes);
        Inputs inputs = new Inputs.OfUtterances(all.asTheyAre(), cache.groups());
        return new FollowedTraining(learning, config, all, inputs, workers);
    }

    /// Of dialogues.
    ///
    /// @param utterances whole dialogues, each utterance with its vectors: given, or of the model's first stage
    ///                   ([FirstStage#withVectors]), which no step of this training changes
    public static FollowedTraining ofDialogues(DialogueModel model, List<Utterance> utterances, Workers workers) {
        TrainingConfig config = settings(model, TrainingConfig.DIALOGUE);
        DialogueModel learning = (DialogueModel) withoutRules(model);
        DialogueExamples all = new DialogueExamples(learning, utterances, config.hiding());
        return new FollowedTraining(learning, config, all, new Inputs.OfDialogues(all.asTheyAre()), workers);
    }

    /// The settings of a model's record, or the usual ones without a record; an epoch is all examples once.
    private static TrainingConfig settings(Model model, TrainingConfig usual) {
        RunRecord record = model.record();
        TrainingConfig config = record == null
                ? usual
                : TrainingConfig.fromJson(record.training().without("start").without("first"));
        return config.with("draws", 0);
    }

    /// The modalities whose encoders were frozen.
    private static Set<Modality> frozen(Model model) {
        RunRecord record = model.record();
        JsonObject training = record == null ? null : record.training();
        return training == null || !training.has("start")
                ? Set.of()
                : training.object("start").array("frozen").texts().stream()
                        .map(word -> Choice.of(word, Modality.class, "the model's record: training.start.frozen:"))
                        .collect(Collectors.toSet());
    }

    /// In training there is no rule yet by which the answers of perspectives are brought together.
    private static Model withoutRules(Model model) {
        RunRecord record = model.record();
        return record == null ? model : model.with(record, AnswerRules.PLAIN);
    }

    public Model model() {
        return model;
    }

    /// The settings.
    public TrainingConfig config() {
        return config;
    }

    public Examples examples() {
        return examples;
    }

    public Inputs inputs() {
        return inputs;
    }

    /// Whether the perspectives are two models side by side, each clipped by itself.
    public boolean apart() {
        return steps.apart();
    }

    /// Whether the settings allow for a further step.
    public boolean hasNext() {
        return taken < batches.size() || epoch + 1 < config.epochs();
    }

    /// The step that comes next.
    public Next next() {
        if (taken == batches.size()) {
            epoch++;
            taken = 0;
            batches = steps.begin(epoch);
        }
        return new Next(
                steps.optimizer().steps(),
                epoch,
                epoch + (taken + 1.0) / batches.size(),
                IntStream.of(batches.get(taken)).boxed().toList());
    }

    /// The loss that the next step makes smaller.
    public PerspectiveLoss loss() {
        return steps.loss(next().epoch());
    }

    /// What the losses of the next step's utterances are multiplied by before they are added up.
    public float scale() {
        next();
        return config.reduction().scale(ShardedStep.labelled(examples, batches.get(taken)));
    }

    /// Takes the next step. An epoch before it is counted as the best until then.
    public Taken take() {
        Next next = next();
        List<Boolean> improved = Collections.nCopies(epoch, true);
        TrainingSteps.Taken step = steps.take(epoch, next.progress(), batches.get(taken), improved);
        taken++;
        PartialStep.Shares shares = step.shares();
        return new Taken(step.loss().total(), step.rate(), shares.audio(), shares.text(), shares.fusion());
    }

    /// The gradient of the step that was taken, clipped: flat, as long as [dev.parallax.nn.Parameters#values].
    public Buffer gradient() {
        return steps.gradient().gradient();
    }

    /// What the optimiser keeps between steps, by name, and under `average` the moving average of the parameters,
    /// where there is one; each flat, as long as [dev.parallax.nn.Parameters#values].
    public Map<String, Buffer> state() {
        Map<String, Buffer> state = new LinkedHashMap<>(steps.optimizer().state());
        MovingAverage average = steps.average();
        if (average != null) {
            state.put("average", average.values());
        }
        return state;
    }

    /// Gives the memory of optimiser and gradients back; the model keeps its own.
    @Override
    public void close() {
        steps.close();
    }
}
