package dev.parallax.study;

import dev.parallax.BadInputException;
import dev.parallax.eval.Agreement;
import dev.parallax.eval.ApproximateRandomization;
import dev.parallax.eval.Bootstrap;
import dev.parallax.eval.Clusters;
import dev.parallax.eval.Comparison;
import dev.parallax.eval.Holm;
import dev.parallax.eval.Interval;
import dev.parallax.eval.PairedDifference;
import dev.parallax.eval.Power;
import dev.parallax.eval.Statistic;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.report.study.LossChoice;
import dev.parallax.report.study.StudyFindings.LinearLead;
import dev.parallax.report.study.StudyFindings.LossEffect;
import dev.parallax.report.study.StudyRow;
import dev.parallax.report.study.StudyRow.Versus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// From the results of cells to the rows of the tables. Scores are of predictions pooled over the folds. Each
/// is the score that one trained model can be expected to have, the mean over the seeds, and so are intervals,
/// differences and tests: users train one model. Beside it stands the score of all seeds' models together, by
/// the mean of their probabilities, which is another system.
final class Tables {

    private static final double LEVEL = 0.05;

    private final StudyDesign plan;
    private final PooledCells pools;
    private final Decisions decisions;
    private final Map<String, String> clusterOf;
    private final int classes;
    private final Bootstrap bootstrap;
    private final ApproximateRandomization randomization;
    private final List<Candidate> candidates;

    /// @param clusterOf the speaker or dialogue of each utterance, by id
    Tables(StudyDesign plan, PooledCells pools, Map<String, String> clusterOf, List<Baselines.Answers> baselines) {
        this.plan = plan;
        this.pools = pools;
        this.decisions = new Decisions(plan, pools);
        this.clusterOf = clusterOf;
        this.classes = plan.base().plan().labels().size();
        long seed = plan.base().training().seed();
        this.bootstrap = Bootstrap.standard(seed);
        this.randomization = ApproximateRandomization.standard(seed);
        this.candidates = candidates(baselines);
    }

    /// A row that is yet to be compared.
    ///
    /// @param decided  its decisions
    /// @param compared the loss of the reference that it is compared with, or null
    record Candidate(
            StudyRow row, PooledAnswers decided, @Nullable Loss compared) {}

    /// Two ways to decide that are compared.
    ///
    /// @param with the name of the second
    record Pair(String with, PooledAnswers first, PooledAnswers second) {}

    private List<Candidate> candidates(List<Baselines.Answers> baselines) {
        List<Candidate> all = new ArrayList<>();
        for (Baselines.Answers baseline : baselines) {
            StudyRow row =
                    row(baseline.name(), LossChoice.NONE, baseline.parameters(), baseline.pooled(), null, null, null);
            all.add(new Candidate(row, baseline.pooled(), null));
        }
        Loss usual = StudyDesign.usual(plan.losses());
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
                    null);
            all.add(new Candidate(row, decided, usual));
        }
        for (Loss loss : plan.losses()) {
            for (String strategy : plan.strategies()) {
                boolean reference = strategy.equals(StudyDesign.REFERENCE);
                PooledAnswers decided = pools.decisions(strategy, loss);
                all.add(new Candidate(strategyRow(strategy, loss, decided), decided, reference ? null : loss));
            }
        }
        for (DecisionRule rule : decisions.rules()) {
            PooledAnswers decided = decisions.of(rule, true);
            all.add(new Candidate(decisionRow(rule, decided), decided, usual));
        }
        return all;
    }

    /// Every way to decide, with its decisions, in the order of the table.
    List<Candidate> candidates() {
        return candidates;
    }

    /// Every way to decide, in the order of the table. All strategies are compared with the reference, as one
    /// family.
    List<StudyRow> rows() {
        boolean hasReference = plan.strategies().contains(StudyDesign.REFERENCE);
        List<Pair> pairs = new ArrayList<>();
        int[] of = new int[candidates.size()];
        for (int i = 0; i < of.length; i++) {
            Candidate candidate = candidates.get(i);
            Loss loss = candidate.compared;
            of[i] = -1;
            if (loss != null && hasReference) {
                of[i] = pairs.size();
                pairs.add(new Pair(
                        LossChoice.of(loss).title(StudyDesign.REFERENCE),
                        candidate.decided,
                        pools.decisions(StudyDesign.REFERENCE, loss)));
            }
        }
        List<Versus> family = family(pairs);
        List<StudyRow> rows = new ArrayList<>();
        for (int i = 0; i < of.length; i++) {
            StudyRow row = candidates.get(i).row;
            rows.add(of[i] < 0 ? row : row.with(family.get(of[i])));
        }
        return rows;
    }

    /// Each loss against the single loss, strategy by strategy, as one family; none where the single loss is not
    /// studied.
    List<LossEffect> effects() {
        if (!plan.losses().contains(Loss.FUSED)) {
            return List.of();
        }
        List<Loss> others =
                plan.losses().stream().filter(loss -> loss != Loss.FUSED).toList();
        List<Pair> pairs = new ArrayList<>();
        for (Loss loss : others) {
            for (String strategy : plan.strategies()) {
                pairs.add(new Pair(
                        LossChoice.FUSED.title(strategy),
                        pools.decisions(strategy, loss),
                        pools.decisions(strategy, Loss.FUSED)));
            }
        }
        Iterator<Versus> family = family(pairs).iterator();
        List<LossEffect> effects = new ArrayList<>();
        for (Loss loss : others) {
            for (String strategy : plan.strategies()) {
                effects.add(new LossEffect(strategy, LossChoice.of(loss), family.next()));
            }
        }
        return effects;
    }

    /// The best linear model against the best network; null where there is no linear model.
    @Nullable
    LinearLead lead() {
        Optional<Candidate> linear = best(StudyRow::isLinear);
        Optional<Candidate> network = best(row -> !row.isBaseline());
        if (linear.isEmpty() || network.isEmpty()) {
            return null;
        }
        String title = network.get().row.title();
        Versus versus = family(List.of(new Pair(title, linear.get().decided, network.get().decided)))
                .getFirst();
        return new LinearLead(linear.get().row.strategy(), title, versus);
    }

    /// The way to decide with the highest accuracy, of equal ones the first.
    private Optional<Candidate> best(Predicate<StudyRow> which) {
        return candidates.reversed().stream()
                .filter(candidate -> which.test(candidate.row))
                .max(Comparator.comparingDouble(candidate -> candidate.row.ua().mean()));
    }

    private StudyRow strategyRow(String strategy, Loss loss, PooledAnswers decided) {
        boolean speak = loss.trainsPerspectives() && Insights.perspectivesAnswer(strategy);
        return row(
                strategy,
                LossChoice.of(loss),
                pools.parameters(strategy, loss),
                pools.decisions(strategy, loss, false),
                decided,
                speak ? pools.perspective(strategy, loss, Modality.AUDIO) : null,
                speak ? pools.perspective(strategy, loss, Modality.TEXT) : null);
    }

    /// The models of audio alone and text alone are the perspectives of what they decide together.
    private StudyRow decisionRow(DecisionRule rule, PooledAnswers decided) {
        return row(
                rule.word(),
                LossChoice.NONE,
                pools.parameters(Modality.AUDIO.word(), Loss.FUSED)
                        + pools.parameters(Modality.TEXT.word(), Loss.FUSED),
                decisions.of(rule, false),
                decided,
                pools.decisions(Modality.AUDIO.word(), Loss.FUSED),
                pools.decisions(Modality.TEXT.word(), Loss.FUSED));
    }

    /// The comparisons of a family, p corrected after Holm for all of them. What one of them could have shown is
    /// given for the strictest level of the correction.
    List<Versus> family(List<Pair> pairs) {
        List<PairedDifference> differences = pairs.stream().map(this::paired).toList();
        List<Comparison> comparisons =
                differences.stream().map(randomization::compare).toList();
        double[] adjusted =
                Holm.adjust(comparisons.stream().mapToDouble(Comparison::p).toArray());
        List<Versus> family = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            int clusters = comparisons.get(i).clusters();
            double error = differences.get(i).standardError();
            family.add(new Versus(
                    pairs.get(i).with,
                    comparisons.get(i),
                    adjusted[i],
                    bootstrap.of(differences.get(i)),
                    clusters < 2 ? null : new Power(error, clusters, LEVEL / adjusted.length)));
        }
        return family;
    }

    private PairedDifference paired(Pair pair) {
        List<String> ids = pair.first.ids();
        if (!ids.equals(pair.second.ids())) {
            throw new BadInputException("study: cells of two strategies were scored on different utterances; delete the"
                    + " folder of the study's cells, and they are computed again");
        }
        return PairedDifference.of(pair.first.repeated(), pair.second.repeated(), clusters(ids));
    }

    /// The speakers or dialogues of utterances; each by itself where some are not known.
    Clusters clusters(List<String> ids) {
        return Clusters.of(ids, clusterOf);
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
            @Nullable PooledAnswers text) {
        PooledAnswers decision = calibrated == null ? raw : calibrated;
        Clusters clusters = clusters(decision.ids());
        return new StudyRow(
                strategy,
                loss,
                parameters,
                decision.ids().size(),
                decision.unweightedAccuracy(),
                decision.weightedAccuracy(),
                bootstrap.of(decision.repeated(), clusters),
                decision.probabilities().size() == 1 ? null : averaged(decision, clusters),
                decision.meanOfFolds(),
                raw.trust(),
                calibrated == null ? null : calibrated.trust(),
                audio == null ? null : audio.unweightedAccuracy().mean(),
                text == null ? null : text.unweightedAccuracy().mean(),
                audio == null || text == null
                        ? null
                        : Agreement.of(
                                decision.allLabels(), audio.allDecided(), text.allDecided(), decision.allDecided()),
                null);
    }

    /// Of the mean of the probabilities of all seeds' models.
    private Interval averaged(PooledAnswers decision, Clusters clusters) {
        return bootstrap.of(Statistic.unweightedAccuracy(decision.labels(), decision.averaged(), classes), clusters);
    }
}
