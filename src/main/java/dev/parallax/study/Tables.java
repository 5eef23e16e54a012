package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.eval.Agreement;
import dev.parallax.eval.ApproximateRandomization;
import dev.parallax.eval.Bootstrap;
import dev.parallax.eval.Clusters;
import dev.parallax.eval.Comparison;
import dev.parallax.eval.Confusion;
import dev.parallax.eval.DecisionFusion;
import dev.parallax.eval.DecisionStack;
import dev.parallax.eval.Holm;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.Probabilities;
import dev.parallax.eval.SoftmaxRegression;
import dev.parallax.eval.Statistic;
import dev.parallax.report.StudyRow;
import dev.parallax.report.StudyRow.Versus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// From the results of cells to the rows of the tables. Scores are of predictions pooled over the folds; for intervals
/// and tests the probabilities are first averaged over the seeds.
final class Tables {

    private final StudyPlan plan;
    private final Map<Cell, CellResult> results = new HashMap<>();
    private final Map<String, String> clusterOf;
    private final int classes;
    private final Bootstrap bootstrap;
    private final ApproximateRandomization randomization;

    /// @param clusterOf the speaker or dialogue of each utterance, by id
    Tables(StudyPlan plan, List<CellResult> all, Map<String, String> clusterOf) {
        this.plan = plan;
        all.forEach(result -> results.put(result.cell(), result));
        this.clusterOf = clusterOf;
        this.classes = plan.base().plan().labels().size();
        long seed = plan.base().training().seed();
        this.bootstrap = Bootstrap.standard(seed);
        this.randomization = ApproximateRandomization.standard(seed);
    }

    /// Every way to decide, in the order of the table.
    List<StudyRow> rows(List<Baselines.Answers> baselines) {
        List<StudyRow> rows = new ArrayList<>();
        for (Baselines.Answers baseline : baselines) {
            rows.add(row(baseline.name(), "-", 0, baseline.pooled(), null, null, null));
        }
        for (String alone : StudyPlan.ALONE) {
            rows.add(row(alone, "-", parameters(alone, false), trained(alone, false), null, null, null));
        }
        for (boolean perspectives : plan.losses()) {
            List<StudyRow> family = new ArrayList<>();
            for (String strategy : plan.strategies()) {
                family.add(strategyRow(strategy, perspectives));
            }
            rows.addAll(compared(family, perspectives));
        }
        int both = parameters("audio", false) + parameters("text", false);
        rows.add(row("decision-mean", "-", both, decided(Decision.MEAN), null, null, null));
        rows.add(row("decision-product", "-", both, decided(Decision.PRODUCT), null, null, null));
        rows.add(row("decision-stack", "-", both, decided(Decision.STACK), null, null, null));
        return rows;
    }

    /// The perspective loss against the single loss, for each strategy.
    Map<String, Versus> effects() {
        Map<String, Versus> effects = new LinkedHashMap<>();
        if (plan.losses().size() < 2) {
            return effects;
        }
        List<Comparison> comparisons = plan.strategies().stream()
                .map(strategy -> compare(trained(strategy, true), trained(strategy, false)))
                .toList();
        double[] adjusted =
                Holm.adjust(comparisons.stream().mapToDouble(Comparison::p).toArray());
        for (int i = 0; i < comparisons.size(); i++) {
            effects.put(plan.strategies().get(i), new Versus("single loss", comparisons.get(i), adjusted[i]));
        }
        return effects;
    }

    private StudyRow strategyRow(String strategy, boolean perspectives) {
        Pooled decision = trained(strategy, perspectives);
        Pooled audio = perspectives ? pooled(strategy, true, Said::audio) : null;
        Pooled text = perspectives ? pooled(strategy, true, Said::text) : null;
        Agreement agreement = audio == null || text == null
                ? null
                : Agreement.of(decision.labels(), audio.decided(), text.decided(), decision.decided());
        String loss = perspectives ? "perspective" : "fused";
        return row(strategy, loss, parameters(strategy, perspectives), decision, audio, text, agreement);
    }

    /// The strategies of one loss against the reference under that loss.
    private List<StudyRow> compared(List<StudyRow> family, boolean perspectives) {
        List<String> others = family.stream()
                .map(StudyRow::strategy)
                .filter(name -> !name.equals(StudyPlan.REFERENCE))
                .toList();
        if (others.size() == family.size() || others.isEmpty()) {
            return family;
        }
        Pooled reference = trained(StudyPlan.REFERENCE, perspectives);
        List<Comparison> comparisons = others.stream()
                .map(strategy -> compare(trained(strategy, perspectives), reference))
                .toList();
        double[] adjusted =
                Holm.adjust(comparisons.stream().mapToDouble(Comparison::p).toArray());
        return family.stream()
                .map(row -> {
                    int i = others.indexOf(row.strategy());
                    return i < 0 ? row : row.with(new Versus(StudyPlan.REFERENCE, comparisons.get(i), adjusted[i]));
                })
                .toList();
    }

    private Comparison compare(Pooled first, Pooled second) {
        if (!first.ids().equals(second.ids())) {
            throw new IllegalStateException("two strategies were scored on different utterances");
        }
        int[] truth = first.labels();
        return randomization.compare(
                first.decided(),
                second.decided(),
                predicted -> Metrics.of(truth, predicted, classes).unweightedAccuracy(),
                clusters(first.ids()));
    }

    private Clusters clusters(List<String> ids) {
        boolean known = ids.stream().allMatch(clusterOf::containsKey);
        return known ? Clusters.of(ids.stream().map(clusterOf::get).toList()) : Clusters.single(ids.size());
    }

    private StudyRow row(
            String strategy,
            String loss,
            int parameters,
            Pooled decision,
            @Nullable Pooled audio,
            @Nullable Pooled text,
            @Nullable Agreement agreement) {
        int[] decided = decision.decided();
        return new StudyRow(
                strategy,
                loss,
                parameters,
                decided.length,
                decision.unweightedAccuracy(),
                decision.weightedAccuracy(),
                bootstrap.of(
                        Statistic.unweightedAccuracy(decision.labels(), decided, classes), clusters(decision.ids())),
                decision.negativeLogLikelihood(),
                decision.calibrationError(),
                audio == null ? null : audio.unweightedAccuracy().mean(),
                text == null ? null : text.unweightedAccuracy().mean(),
                agreement,
                null);
    }

    private CellResult cell(String strategy, boolean perspectives, int fold, int seed) {
        CellResult result = results.get(new Cell(strategy, perspectives, fold, seed));
        if (result == null) {
            throw new IllegalStateException("no result of " + strategy + ", fold " + fold + ", seed " + seed);
        }
        return result;
    }

    private int parameters(String strategy, boolean perspectives) {
        return cell(strategy, perspectives, 0, 0).parameters();
    }

    /// The decisions of a trained strategy.
    private Pooled trained(String strategy, boolean perspectives) {
        Pooled pooled = pooled(strategy, perspectives, Said::decision);
        if (pooled == null) {
            throw new IllegalStateException(strategy + " decided nothing");
        }
        return pooled;
    }

    private interface Choice {
        double @Nullable [] of(Said said, int i);
    }

    /// One view of a trained strategy over all folds and seeds; null where some utterance lacks it.
    private @Nullable Pooled pooled(String strategy, boolean perspectives, Choice view) {
        Pooled.Builder builder = new Pooled.Builder();
        for (int seed = 0; seed < plan.seeds(); seed++) {
            for (int fold = 0; fold < plan.folds().size(); fold++) {
                CellResult result = cell(strategy, perspectives, fold, seed);
                Said test = result.test();
                for (int i = 0; i < test.ids().size(); i++) {
                    double[] logits = view.of(test, i);
                    if (logits == null) {
                        return null;
                    }
                    double[][] one = {logits};
                    builder.add(test.ids().get(i), test.truth(i), Probabilities.softmax(one, result.temperature())[0]);
                }
            }
            builder.endSeed();
        }
        return builder.build();
    }

    /// How two models that were trained apart decide together.
    private enum Decision {
        MEAN,
        PRODUCT,
        STACK
    }

    private Pooled decided(Decision how) {
        Pooled.Builder builder = new Pooled.Builder();
        for (int seed = 0; seed < plan.seeds(); seed++) {
            for (int fold = 0; fold < plan.folds().size(); fold++) {
                CellResult audio = cell("audio", false, fold, seed);
                CellResult text = cell("text", false, fold, seed);
                double[][] rows = decide(how, audio, text);
                for (int i = 0; i < rows.length; i++) {
                    builder.add(audio.test().ids().get(i), audio.test().truth(i), rows[i]);
                }
            }
            builder.endSeed();
        }
        return builder.build();
    }

    private double[][] decide(Decision how, CellResult audio, CellResult text) {
        if (!audio.test().ids().equals(text.test().ids())) {
            throw new BadInputException("study: some utterances lack audio or text, so audio and text alone"
                    + " cannot be joined; leave them out of the corpus");
        }
        double[][] fromAudio = Probabilities.softmax(logits(audio.test()), audio.temperature());
        double[][] fromText = Probabilities.softmax(logits(text.test()), text.temperature());
        int[] truth = truth(audio.validation());
        return switch (how) {
            case MEAN -> DecisionFusion.mean(List.of(fromAudio, fromText));
            case PRODUCT -> DecisionFusion.product(fromAudio, fromText, DecisionFusion.prior(truth, classes));
            case STACK ->
                DecisionStack.fit(
                                List.of(logits(audio.validation()), logits(text.validation())),
                                truth,
                                classes,
                                SoftmaxRegression.Settings.STANDARD)
                        .predict(List.of(logits(audio.test()), logits(text.test())));
        };
    }

    private static double[][] logits(Said said) {
        return IntStream.range(0, said.ids().size()).mapToObj(said::decision).toArray(double[][]::new);
    }

    private static int[] truth(Said said) {
        return IntStream.range(0, said.ids().size()).map(said::truth).toArray();
    }

    /// Who was taken for whom, by one row of the table.
    Confusion confusion(String strategy, boolean perspectives) {
        Pooled pooled = trained(strategy, perspectives);
        return Confusion.of(pooled.labels(), pooled.decided(), classes);
    }

    /// The accuracy of always naming the most frequent class of the test utterances.
    double majority() {
        int[] counts = new int[classes];
        for (int label : trained("audio", false).labels()) {
            counts[label]++;
        }
        return IntStream.of(counts).max().orElse(0)
                / (double) IntStream.of(counts).sum();
    }
}
