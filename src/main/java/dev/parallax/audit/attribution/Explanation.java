package dev.parallax.audit.attribution;

import dev.parallax.audit.UtteranceAudit;
import dev.parallax.eval.RankCorrelation;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.io.Json;
import dev.parallax.io.JsonObject;
import dev.parallax.io.RecordJson;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.Prediction;
import dev.parallax.model.attention.Stretches;
import dev.parallax.model.attention.WordRows;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an answer hangs on, asked in several ways.
///
/// @param label           the decided class
/// @param view            that decides; curves, checks and changes are of its answer
/// @param words           of the text; none where none is read
/// @param windowSeconds   how long each window is that is heard [s]
/// @param attributions    integrated gradients of each view that has an answer
/// @param occlusion       the probability without each word and stretch
/// @param agreement       of the deciding view's integrated gradients with occlusion
/// @param shapley         what audio and text bring, or null
/// @param noShapley       why not, or null
/// @param counterfactuals small changes that change the decision
/// @param wordAttention   how much each word is looked at ([AttentionWeights]), 1 for an equal share;
///                        none without attention
/// @param audioAttention  how much each stretch of every window is looked at, likewise; NaN where all
///                        of it is silence that was cut
/// @param sanity          whether the attributions depend on the weights, or null where it was not asked
/// @param deletions       whether what is important is missed most; none where it was not asked
public record Explanation(
        String label,
        View view,
        List<String> words,
        List<Double> windowSeconds,
        List<ViewAttribution> attributions,
        Occlusion occlusion,
        Agreement agreement,
        @Nullable ShapleyValues shapley,
        @Nullable String noShapley,
        List<Counterfactual> counterfactuals,
        List<Double> wordAttention,
        List<Double> audioAttention,
        @Nullable SanityCheck sanity,
        List<DeletionCurve> deletions) {

    private static final RecordJson<Explanation> JSON = RecordJson.of(Explanation.class);

    /// Questions to the model by each search for another decision.
    public static final int BUDGET = 250;

    public Explanation {
        words = List.copyOf(words);
        windowSeconds = List.copyOf(windowSeconds);
        attributions = List.copyOf(attributions);
        counterfactuals = List.copyOf(counterfactuals);
        wordAttention = List.copyOf(wordAttention);
        audioAttention = List.copyOf(audioAttention);
        deletions = List.copyOf(deletions);
    }

    /// Rank correlations of integrated gradients with the probability that occlusion loses.
    ///
    /// @param words     over the words; NaN for fewer than two
    /// @param stretches over the stretches; NaN where there are none
    public record Agreement(double words, double stretches) {}

    /// Explains an answer.
    ///
    /// @param audit   of the same model
    /// @param checked whether the attribution is checked too ([SanityCheck], [DeletionCurve]), which
    ///                takes longer
    public static Explanation of(EmotionModel model, UtteranceAudit audit, boolean checked) {
        Perturbation asked = new Perturbation(model, audit);
        Prediction prediction = audit.prediction();
        List<ViewAttribution> attributions = Perspectives.VIEWS.stream()
                .filter(view -> prediction.answers().get(view) != null)
                .map(view -> ViewAttribution.of(asked, view))
                .toList();
        ViewAttribution decided = attributions.stream()
                .filter(attribution -> attribution.view() == prediction.by())
                .findFirst()
                .orElseThrow();
        Occlusion occlusion = Occlusion.of(asked);
        List<Double> lostByWord = occlusion.losses(occlusion.withouts());
        List<Double> lostByStretch = occlusion.losses(occlusion.silenced());
        List<DeletionCurve> deletions = new ArrayList<>();
        if (checked && decided.words().size() > 1) {
            deletions.add(DeletionCurve.ofWords(asked, decided.words()));
        }
        if (checked && !decided.stretches().isEmpty()) {
            deletions.add(DeletionCurve.ofStretches(asked, decided.stretches()));
        }
        return new Explanation(
                prediction.decision().label(),
                prediction.by(),
                asked.words(),
                asked.windowSeconds(),
                attributions,
                occlusion,
                new Agreement(
                        correlation(decided.words(), lostByWord), correlation(decided.stretches(), lostByStretch)),
                ShapleyValues.of(model, prediction),
                ShapleyValues.obstacle(model, prediction),
                List.of(
                        Counterfactual.leaveOut(asked, lostByWord, BUDGET),
                        WordReplacement.search(asked, BUDGET),
                        Counterfactual.silence(asked, lostByStretch, BUDGET)),
                wordAttention(asked),
                audioAttention(asked),
                checked ? SanityCheck.of(asked) : null,
                deletions);
    }

    /// The attribution of the view that decides.
    public ViewAttribution decided() {
        return attributions.stream()
                .filter(attribution -> attribution.view() == view)
                .findFirst()
                .orElseThrow();
    }

    /// Over the words that occlusion has asked about, which are the first ones.
    private static double correlation(List<Double> worth, List<Double> lost) {
        int both = Math.min(worth.size(), lost.size());
        return RankCorrelation.of(numbers(worth, both), numbers(lost, both));
    }

    private static double[] numbers(List<Double> values, int count) {
        return values.stream().limit(count).mapToDouble(Double::doubleValue).toArray();
    }

    /// The words' weights; a text is read in the same way beside each window.
    private static List<Double> wordAttention(Perturbation asked) {
        String text = asked.audit().text();
        List<double[]> passes = AttentionWeights.of(asked.audit(), Modality.TEXT);
        if (text == null || passes.isEmpty()) {
            return List.of();
        }
        int[] owners = WordRows.wordOfToken(asked.model(), text, passes.getFirst().length);
        return AttentionWeights.relative(
                passes.getFirst(), owners, asked.words().size());
    }

    private static List<Double> audioAttention(Perturbation asked) {
        List<double[]> windows = AttentionWeights.of(asked.audit(), Modality.AUDIO);
        List<Double> all = new ArrayList<>();
        for (int window = 0; asked.stretches() > 0 && window < windows.size(); window++) {
            double[] weights = windows.get(window);
            double[] places =
                    Stretches.places(asked.model(), asked.audit().windows().get(window), weights.length);
            all.addAll(AttentionWeights.relative(weights, Stretches.owners(places), Perturbation.STRETCHES));
        }
        return all;
    }

    /// Where a stretch begins in its window [s].
    public double start(int stretch) {
        return Perturbation.start(windowSeconds, stretch);
    }

    /// Where it ends [s].
    public double end(int stretch) {
        return Perturbation.end(windowSeconds, stretch);
    }

    /// All of it, for programs. What is not there is null.
    public JsonObject toJson() {
        List<JsonObject> each =
                attributions.stream().map(ViewAttribution::toJson).toList();
        return JSON.write(this).with("view", view.word()).with("attributions", Json.array(each));
    }
}
