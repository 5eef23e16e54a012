package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.corpus.split.Part;
import dev.parallax.data.Labels;
import dev.parallax.data.Utterance;
import dev.parallax.eval.Probabilities;
import dev.parallax.eval.baseline.DecisionFusion;
import dev.parallax.eval.baseline.DecisionStack;
import dev.parallax.eval.baseline.SoftmaxRegression;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.View;
import dev.parallax.train.TrainingConfig;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/// How the models of audio alone and text alone decide together, fold by fold: `decision-mean`,
/// `decision-product` and `decision-stack`. The stack is trained on the validation part, which neither model
/// was trained on.
final class Decisions {

    private final StudyDesign plan;
    private final PooledCells pools;
    private final int classes;

    Decisions(StudyDesign plan, PooledCells pools) {
        this.plan = plan;
        this.pools = pools;
        this.classes = plan.base().plan().labels().size();
    }

    /// Those that there are: both perspectives are needed, and by the stack a validation part.
    List<DecisionRule> rules() {
        if (plan.alone().size() < Modality.values().length) {
            return List.of();
        }
        return plan.variants().stream().anyMatch(variant -> variant.training().trainsOnVal())
                ? List.of(DecisionRule.MEAN, DecisionRule.PRODUCT)
                : List.of(DecisionRule.values());
    }

    /// The decisions over all folds and seeds.
    ///
    /// @param calibrated whether each model's logits are divided by its temperature first
    PooledAnswers of(DecisionRule rule, boolean calibrated) {
        PooledAnswers.Builder builder = new PooledAnswers.Builder();
        for (int seed = 0; seed < plan.seeds(); seed++) {
            for (int fold = 0; fold < plan.folds().size(); fold++) {
                CellResult audio = pools.cell(Modality.AUDIO.word(), Loss.FUSED, fold, seed);
                CellResult text = pools.cell(Modality.TEXT.word(), Loss.FUSED, fold, seed);
                double[][] rows = decide(rule, audio, text, calibrated);
                for (int i = 0; i < rows.length; i++) {
                    builder.add(audio.test().ids().get(i), audio.test().truth(i), rows[i]);
                }
                builder.endFold();
            }
            builder.endSeed();
        }
        return builder.build();
    }

    private double[][] decide(DecisionRule rule, CellResult audio, CellResult text, boolean calibrated) {
        if (!audio.test().ids().equals(text.test().ids())) {
            throw new BadInputException("study: some utterances lack audio or text, so audio and text alone"
                    + " cannot be joined; leave them out of the corpus");
        }
        double[][] fromAudio =
                Probabilities.softmax(logits(audio.test()), calibrated ? audio.temperature(View.DECISION) : 1);
        double[][] fromText =
                Probabilities.softmax(logits(text.test()), calibrated ? text.temperature(View.DECISION) : 1);
        return switch (rule) {
            case MEAN -> DecisionFusion.mean(List.of(fromAudio, fromText));
            case PRODUCT -> DecisionFusion.product(fromAudio, fromText, prior(audio));
            case STACK ->
                DecisionStack.fit(
                                List.of(logits(audio.validation()), logits(text.validation())),
                                truth(audio.validation()),
                                classes,
                                SoftmaxRegression.FitSettings.STANDARD)
                        .predict(List.of(logits(audio.test()), logits(text.test())));
        };
    }

    /// The prior of a model: its class probabilities before it gets any input.
    private double[] prior(CellResult result) {
        TrainingConfig training = plan.variant(result.variant()).training();
        Labels labels = plan.base().plan().labels();
        int[] truth =
                training
                        .parts(plan.folds().get(result.cell().fold()))
                        .select(Part.TRAIN, plan.base().utterances())
                        .stream()
                        .map(Utterance::emotion)
                        .filter(Objects::nonNull)
                        .mapToInt(emotion -> labels.index(emotion, "study"))
                        .toArray();
        return DecisionFusion.prior(truth, classes, training.balance());
    }

    private static double[][] logits(LabelledLogits said) {
        return IntStream.range(0, said.ids().size()).mapToObj(said::decision).toArray(double[][]::new);
    }

    private static int[] truth(LabelledLogits said) {
        return IntStream.range(0, said.ids().size()).map(said::truth).toArray();
    }
}
