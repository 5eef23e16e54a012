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
import dev.parallax.io.Choice;
import dev.parallax.report.study.LossChoice;
import dev.parallax.report.study.StudyFindings.LinearLead;
import dev.parallax.report.study.StudyFindings.LossEffect;
import dev.parallax.report.study.StudyRow;
import dev.parallax.report.study.StudyRow.Versus;
import dev.parallax.train.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// From the results of cells to the rows of the tables. Scores are of predictions pooled over the folds. Each
/// is the score that one trained model can be expected to have, the mean over the seeds, and so are intervals,
/// differences and tests: users train one model. Beside it stands the score of all seeds' models together, by
/// the mean of their probabilities, which is another system.
final class Tables {

    private static final double LEVEL = 0.05;
    private static final double ROUNDING = 1e-9; // of a standard error that is 0

    private final StudyDesign plan;
    private final PooledCells pools;
    private final Decisions decisions;
    private final Map<String, String> clusterOf;
    private final int classes;
    private final Bootstrap bootstrap;
    private final ApproximateRandomization randomization;
    private final Workers workers;
    private final List<Candidate> candidates;

    /// @param clusterOf the speaker or dialogue of each utterance, by id
    /// @param workers   compute intervals and tests side by side
    Tables(
            StudyDesign plan,
            PooledCells pools,
            Map<String, String> clusterOf,
            List<Baselines.Answers> baselines,
            Workers workers) {
        this.plan = plan;
        this.workers = workers;
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
    /// @param compared the loss of the reference that it is compared with; null where it is compared with nothing
    record Candidate(
            StudyRow row, PooledAnswers decided, @Nullable Loss compared) {}

    /// Two ways to decide that are compared.
    ///
    /// @param with the name of the second
    record Pair(String with, PooledAnswers first, PooledAnswers second) {}

    private List<Candidate> candidates(List<Baselines.Answers> baselines) {
        boolean hasReference = plan.strategies().contains(StudyDesign.REFERENCE);
        Loss usual = hasReference ? StudyDesign.usual(plan.losses()) : null;
        List<Supplier<Candidate>> all = new ArrayList<>();
        for (Baselines.Answers baseline : baselines) {
            all.add(() -> new Candidate(baselineRow(baseline), baseline.pooled(), null));
        }
        for (Modality modality : plan.alone()) {
            all.add(() -> {
                PooledAnswers decided = pools.decisions(modality.word(), Loss.FUSED);
                return new Candidate(aloneRow(modality.word(), decided), decided, usual);
            });
        }
        for (Loss loss : plan.losses()) {
            for (String strategy : plan.strategies()) {
                Loss compared = hasReference && !strategy.equals(StudyDesign.REFERENCE) ? loss : null;
                all.add(() -> {
                    PooledAnswers decided = pools.decisions(strategy, loss);
                    return new Candidate(strategyRow(strategy, loss, decided), decided, compared);
                });
            }
        }
        for (DecisionRule rule : decisions.rules()) {
            all.add(() -> {
                PooledAnswers decided = decisions.of(rule, true);
                return new Candidate(decisionRow(rule, decided), decided, usual);
            });
        }
        return workers.map(all.size(), i -> all.get(i).get());
    }

    /// Every way to decide, with its decisions, in the order of the table.
    List<Candidate> candidates() {
        return candidates;
    }

    /// Every way to decide, in the order of the table. All strategies are compared with the reference, as one
    /// family.
    List<StudyRow> rows() {
        List<Pair> pairs = new ArrayList<>();
        for (Candidate candidate : candidates) {
            Loss loss = candidate.compared;
            if (loss != null) {
                pairs.add(new Pair(
                        LossChoice.of(loss).title(StudyDesign.REFERENCE),
                        candidate.decided,
                        pools.decisions(StudyDesign.REFERENCE, loss)));
            }
        }
        Iterator<Versus> family = family(pairs).iterator();
        return candidates.stream()
                .map(candidate -> candidate.compared == null ? candidate.row : candidate.row.with(family.next()))
                .toList();
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
        Optional<Candidate> network = best(Tables::isNetwork);
        if (linear.isEmpty() || network.isEmpty()) {
            return null;
        }
        String title = network.get().row.title();
        Versus versus = family(List.of(new Pair(title, linear.get().decided, network.get().decided)))
                .getFirst();
        return new LinearLead(linear.get().row.strategy(), title, versus);
    }

    /// Whether one network decides: neither a baseline nor a rule for the answers of two.
    static boolean isNetwork(StudyRow row) {
        return !row.isBaseline() && !Choice.words(DecisionRule.class).contains(row.strategy());
    }

    /// The way to decide with the highest accuracy, of equal ones the first.
    private Optional<Candidate> best(Predicate<StudyRow> which) {
        return candidates.reversed().stream()
                .filter(candidate -> which.test(candidate.row))
                .max(Comparator.comparingDouble(candidate -> candidate.row.ua().mean()));
    }

    private StudyRow baselineRow(Baselines.Answers baseline) {
        return row(baseline.name(), LossChoice.NONE, baseline.parameters(), null, baseline.pooled(), null, null, null);
    }

    private StudyRow aloneRow(String alone, PooledAnswers decided) {
        return row(
                alone,
                LossChoice.NONE,
                pools.parameters(alone, Loss.FUSED),
                null,
                pools.decisions(alone, Loss.FUSED, false),
                decided,
                null,
                null);
    }

    private StudyRow strategyRow(String strategy, Loss loss, PooledAnswers decided) {
        boolean speak = loss.trainsPerspectives() && Insights.perspectivesAnswer(strategy);
        return row(
                strategy,
                LossChoice.of(loss),
                pools.parameters(strategy, loss),
                plan.excess(strategy),
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
                null,
                decisions.of(rule, false),
                decided,
                pools.decisions(Modality.AUDIO.word(), Loss.FUSED),
                pools.decisions(Modality.TEXT.word(), Loss.FUSED));
    }

    /// The comparisons of a family, p corrected after Holm for all of them. What one of them could have shown is
    /// given for the strictest level of the correction.
    List<Versus> family(List<Pair> pairs) {
        List<Tested> tested = workers.map(pairs.size(), i -> tested(pairs.get(i)));
        double[] adjusted = Holm.adjust(
                tested.stream().mapToDouble(one -> one.comparison.p()).toArray());
        List<Versus> family = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            Tested one = tested.get(i);
            int clusters = one.comparison.clusters();
            family.add(new Versus(
                    pairs.get(i).with,
                    one.comparison,
                    adjusted[i],
                    one.interval,
                    clusters < 2 || one.error < ROUNDING
                            ? null
                            : new Power(one.error, clusters, LEVEL / adjusted.length),
                    one.same));
        }
        return family;
    }

    /// A comparison by itself, before any correction.
    ///
    /// @param error the standard error of the difference; 0 for the same right answers, and where it cannot be
    ///              estimated
    /// @param same  whether both are right on the same utterances
    private record Tested(Comparison comparison, Interval interval, double error, boolean same) {}

    private Tested tested(Pair pair) {
        PairedDifference difference = paired(pair);
        return new Tested(
                randomization.compare(difference),
                bootstrap.of(difference),
                difference.standardError(),
                difference.isZeroEverywhere());
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
            @Nullable Double excess,
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
                excess,
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
