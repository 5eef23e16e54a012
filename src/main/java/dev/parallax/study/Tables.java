package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.eval.Agreement;
import dev.parallax.eval.ApproximateRandomization;
import dev.parallax.eval.Bootstrap;
import dev.parallax.eval.Clusters;
import dev.parallax.eval.Comparison;
import dev.parallax.eval.Holm;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.Statistic;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.report.study.LossChoice;
import dev.parallax.report.study.StudyRow;
import dev.parallax.report.study.StudyRow.Versus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// From the results of cells to the rows of the tables. Scores are of predictions pooled over the folds; for
/// intervals and tests the probabilities are first averaged over the seeds.
final class Tables {

    private final StudyDesign plan;
    private final PooledCells pools;
    private final Decisions decisions;
    private final Map<String, String> clusterOf;
    private final int classes;
    private final Bootstrap bootstrap;
    private final ApproximateRandomization randomization;

    /// @param clusterOf the speaker or dialogue of each utterance, by id
    Tables(StudyDesign plan, PooledCells pools, Map<String, String> clusterOf) {
        this.plan = plan;
        this.pools = pools;
        this.decisions = new Decisions(plan, pools);
        this.clusterOf = clusterOf;
        this.classes = plan.base().plan().labels().size();
        long seed = plan.base().training().seed();
        this.bootstrap = Bootstrap.standard(seed);
        this.randomization = ApproximateRandomization.standard(seed);
    }

    /// A row that is yet to be compared.
    ///
    /// @param decided its decisions, where it is compared with the reference, else null
    /// @param loss    of the reference that it is compared with
    private record Candidate(StudyRow row, @Nullable PooledAnswers decided, Loss loss) {}

    /// Every way to decide, in the order of the table.
    List<StudyRow> rows(List<Baselines.Answers> baselines) {
        List<Candidate> all = new ArrayList<>();
        for (Baselines.Answers baseline : baselines) {
            StudyRow row = row(
                    baseline.name(), LossChoice.NONE, baseline.parameters(), baseline.pooled(), null, null, null, null);
            all.add(new Candidate(row, null, Loss.FUSED));
        }
        Loss usual = plan.losses().contains(Loss.PERSPECTIVE) ? Loss.PERSPECTIVE : Loss.FUSED; // of the reference
        for (Modality modality : plan.alone()) {
            String alone = modality.word();
            PooledAnswers decided = pools.decisions(alone, Loss.FUSED);
            StudyRow row = row(
                    alone,
                    LossChoice.NONE,
                    pools.parameters(alone, Loss.FUSED),
                    pools.decisions(alone, Loss.FUSED, false),
                    decided,
                    null,
                    null,
                    null);
            all.add(new Candidate(row, decided, usual));
        }
        for (Loss loss : plan.losses()) {
            for (String strategy : plan.strategies()) {
                boolean reference = strategy.equals(StudyDesign.REFERENCE);
                PooledAnswers decided = pools.decisions(strategy, loss);
                all.add(new Candidate(strategyRow(strategy, loss, decided), reference ? null : decided, loss));
            }
        }
        for (DecisionRule rule : decisions.rules()) {
            PooledAnswers decided = decisions.of(rule, true);
            all.add(new Candidate(decisionRow(rule, decided), decided, usual));
        }
        return compared(all);
    }

    /// The perspective loss, and the other losses by their names, against the single loss, for each strategy.
    Map<String, Versus> effects() {
        Map<String, Versus> effects = new LinkedHashMap<>();
        if (!plan.losses().contains(Loss.FUSED)) {
            return effects;
        }
        List<String> names = new ArrayList<>();
        List<Comparison> comparisons = new ArrayList<>();
        for (Loss loss : plan.losses()) {
            if (loss != Loss.FUSED) {
                for (String strategy : plan.strategies()) {
                    names.add(
                            loss == Loss.PERSPECTIVE
                                    ? strategy
                                    : LossChoice.of(loss).title(strategy));
                    comparisons.add(compare(pools.decisions(strategy, loss), pools.decisions(strategy, Loss.FUSED)));
                }
            }
        }
        double[] adjusted = adjusted(comparisons);
        for (int i = 0; i < comparisons.size(); i++) {
            effects.put(names.get(i), new Versus("single loss", comparisons.get(i), adjusted[i]));
        }
        return effects;
    }

    private StudyRow strategyRow(String strategy, Loss loss, PooledAnswers decided) {
        boolean speak = loss.trainsPerspectives() && Insights.perspectivesAnswer(strategy);
        PooledAnswers audio = speak ? pools.perspective(strategy, loss, Modality.AUDIO) : null;
        PooledAnswers text = speak ? pools.perspective(strategy, loss, Modality.TEXT) : null;
        Agreement agreement = audio == null || text == null
                ? null
                : Agreement.of(decided.labels(), audio.decided(), text.decided(), decided.decided());
        return row(
                strategy,
                LossChoice.of(loss),
                pools.parameters(strategy, loss),
                pools.decisions(strategy, loss, false),
                decided,
                audio,
                text,
                agreement);
    }

    /// The models of audio alone and text alone are the perspectives of what they decide together.
    private StudyRow decisionRow(DecisionRule rule, PooledAnswers decided) {
        PooledAnswers audio = pools.decisions(Modality.AUDIO.word(), Loss.FUSED);
        PooledAnswers text = pools.decisions(Modality.TEXT.word(), Loss.FUSED);
        return row(
                rule.word(),
                LossChoice.NONE,
                pools.parameters(Modality.AUDIO.word(), Loss.FUSED)
                        + pools.parameters(Modality.TEXT.word(), Loss.FUSED),
                decisions.of(rule, false),
                decided,
                audio,
                text,
                Agreement.of(decided.labels(), audio.decided(), text.decided(), decided.decided()));
    }

    /// All strategies against the reference, as one family.
    private List<StudyRow> compared(List<Candidate> all) {
        boolean hasReference = plan.strategies().contains(StudyDesign.REFERENCE);
        List<Comparison> comparisons = new ArrayList<>();
        int[] of = new int[all.size()];
        for (int i = 0; i < of.length; i++) {
            Candidate candidate = all.get(i);
            PooledAnswers decided = candidate.decided;
            of[i] = -1;
            if (decided != null && hasReference && plan.losses().contains(candidate.loss)) {
                of[i] = comparisons.size();
                comparisons.add(compare(decided, pools.decisions(StudyDesign.REFERENCE, candidate.loss)));
            }
        }
        double[] adjusted = adjusted(comparisons);
        List<StudyRow> rows = new ArrayList<>();
        for (int i = 0; i < of.length; i++) {
            Candidate candidate = all.get(i);
            rows.add(
                    of[i] < 0
                            ? candidate.row
                            : candidate.row.with(new Versus(
                                    StudyDesign.REFERENCE + ", " + candidate.loss.word(),
                                    comparisons.get(of[i]),
                                    adjusted[of[i]])));
        }
        return rows;
    }

    private static double[] adjusted(List<Comparison> comparisons) {
        return Holm.adjust(comparisons.stream().mapToDouble(Comparison::p).toArray());
    }

    private Comparison compare(PooledAnswers first, PooledAnswers second) {
        if (!first.ids().equals(second.ids())) {
            throw new BadInputException("study: cells of two strategies were scored on different utterances; delete the"
                    + " folder of the study's cells, and they are computed again");
        }
        int[] truth = first.labels();
        return randomization.compare(
                first.decided(),
                second.decided(),
                predicted -> Metrics.of(truth, predicted, classes).unweightedAccuracy(),
                clusters(first.ids()));
    }

    /// The speakers or dialogues of utterances; each by itself where some are not known.
    Clusters clusters(List<String> ids) {
        boolean known = ids.stream().allMatch(clusterOf::containsKey);
        return known ? Clusters.of(ids.stream().map(clusterOf::get).toList()) : Clusters.single(ids.size());
    }

    /// @param raw        with the model's probabilities
    /// @param calibrated after temperature scaling, or null where nothing is scaled
    private StudyRow row(
            String strategy,
            LossChoice loss,
            int parameters,
            PooledAnswers raw,
            @Nullable PooledAnswers calibrated,
            @Nullable PooledAnswers audio,
            @Nullable PooledAnswers text,
            @Nullable Agreement agreement) {
        PooledAnswers decision = calibrated == null ? raw : calibrated;
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
                raw.trust(),
                calibrated == null ? null : calibrated.trust(),
                audio == null ? null : audio.unweightedAccuracy().mean(),
                text == null ? null : text.unweightedAccuracy().mean(),
                agreement,
                null);
    }
}
