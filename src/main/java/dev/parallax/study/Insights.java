package dev.parallax.study;

import dev.parallax.eval.ClusterScore;
import dev.parallax.eval.Clusters;
import dev.parallax.eval.Confusion;
import dev.parallax.eval.RepeatedPredictions;
import dev.parallax.eval.ValidationGap;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.Fusions.Place;
import dev.parallax.fusion.Loss;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.View;
import dev.parallax.report.study.LossChoice;
import dev.parallax.report.study.StudyFindings.Confused;
import dev.parallax.report.study.StudyFindings.Curve;
import dev.parallax.report.study.StudyFindings.Plane;
import dev.parallax.report.study.StudyFindings.Reliability;
import dev.parallax.report.study.StudyFindings.SpeakerScore;
import dev.parallax.train.EpochResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// More than the scores: speakers, confusions, the perspectives during training, and the vectors in a plane.
final class Insights {

    private final StudyDesign plan;
    private final PooledCells pools;
    private final Tables tables;
    private final int classes;

    /// @param tables whose clusters are the speakers
    Insights(StudyDesign plan, PooledCells pools, Tables tables) {
        this.plan = plan;
        this.pools = pools;
        this.tables = tables;
        this.classes = plan.base().plan().labels().size();
    }

    /// Whether the perspectives of a strategy give answers of their own: those of an early fusion are for
    /// training alone.
    static boolean perspectivesAnswer(String strategy) {
        return Fusions.byName(strategy).place() != Place.EARLY;
    }

    /// A trained way to decide.
    private record Trained(String strategy, Loss loss) {

        @Nullable
        Modality alone() {
            return Modality.named(strategy);
        }

        LossChoice choice() {
            return alone() == null ? LossChoice.of(loss) : LossChoice.NONE;
        }
    }

    /// The perspectives alone, then every strategy under every loss.
    private List<Trained> trained() {
        List<Trained> all = new ArrayList<>();
        plan.alone().forEach(alone -> all.add(new Trained(alone.word(), Loss.FUSED)));
        for (Loss loss : plan.losses()) {
            plan.strategies().forEach(strategy -> all.add(new Trained(strategy, loss)));
        }
        return all;
    }

    /// Whether the validation parts of all folds are answered better than the test parts, by all networks: each
    /// is a run. Null where there are no validation parts.
    @Nullable
    ValidationGap gap() {
        List<PooledAnswers> validation = new ArrayList<>();
        List<PooledAnswers> test = new ArrayList<>();
        for (Trained one : trained()) {
            validation.add(pools.validation(one.strategy, one.loss));
            test.add(pools.decisions(one.strategy, one.loss));
        }
        return validation.getFirst().ids().isEmpty()
                ? null
                : ValidationGap.of(
                        repeated(validation),
                        tables.clusters(validation.getFirst().ids()),
                        repeated(test),
                        tables.clusters(test.getFirst().ids()),
                        plan.base().training().seed());
    }

    /// The answers of all networks and seeds to the same utterances.
    private RepeatedPredictions repeated(List<PooledAnswers> answers) {
        List<int[]> runs =
                answers.stream().flatMap(one -> one.decided().stream()).toList();
        return RepeatedPredictions.of(answers.getFirst().labels(), runs, classes);
    }

    /// How well each speaker was recognised; none where speakers are not known.
    List<SpeakerScore> speakers() {
        List<SpeakerScore> scores = new ArrayList<>();
        for (Trained one : trained()) {
            PooledAnswers pooled = pools.decisions(one.strategy, one.loss);
            Clusters clusters = tables.clusters(pooled.ids());
            if (clusters.count() == pooled.ids().size()) {
                return List.of();
            }
            List<List<ClusterScore>> seeds = pooled.decided().stream()
                    .map(decided -> ClusterScore.of(pooled.labels(), decided, classes, clusters))
                    .toList();
            for (int g = 0; g < clusters.count(); g++) {
                int cluster = g;
                ClusterScore any = seeds.getFirst().get(cluster);
                scores.add(new SpeakerScore(
                        one.strategy,
                        one.choice(),
                        any.name(),
                        any.metrics().confusion().total(),
                        any.classes(),
                        seeds.stream()
                                .mapToDouble(seed -> seed.get(cluster).metrics().unweightedAccuracy())
                                .average()
                                .orElseThrow(),
                        seeds.stream()
                                .mapToDouble(seed -> seed.get(cluster).metrics().weightedAccuracy())
                                .average()
                                .orElseThrow()));
            }
        }
        return scores;
    }

    /// The confusions of the decision and, where they answer, of each perspective.
    List<Confused> confusions() {
        List<Confused> all = new ArrayList<>();
        for (Trained one : trained()) {
            Modality alone = one.alone();
            View deciding = alone == null ? View.FUSED : alone.view();
            add(all, one, deciding, pools.decisions(one.strategy, one.loss));
            if (alone == null && one.loss.trainsPerspectives() && perspectivesAnswer(one.strategy)) {
                for (Modality modality : Modality.values()) {
                    add(all, one, modality.view(), pools.perspective(one.strategy, one.loss, modality));
                }
            }
        }
        return all;
    }

    private void add(List<Confused> all, Trained one, View answer, @Nullable PooledAnswers pooled) {
        if (pooled != null) {
            Confusion confusion = Confusion.of(pooled.allLabels(), pooled.allDecided(), classes);
            all.add(new Confused(one.strategy, one.choice(), answer, confusion));
        }
    }

    /// The calibration of the probabilities before and after temperature scaling.
    List<Reliability> reliabilities() {
        List<Reliability> all = new ArrayList<>();
        for (Trained one : trained()) {
            all.add(new Reliability(
                    one.strategy,
                    one.choice(),
                    pools.decisions(one.strategy, one.loss, false).together(),
                    pools.decisions(one.strategy, one.loss, true).together()));
        }
        return all;
    }

    /// Gradients and logits of each perspective over training.
    List<Curve> curves() {
        return trained().stream()
                .filter(one -> one.alone() == null)
                .map(this::curve)
                .toList();
    }

    private Curve curve(Trained one) {
        List<List<EpochResult>> runs = new ArrayList<>();
        for (int seed = 0; seed < plan.seeds(); seed++) {
            for (int fold = 0; fold < plan.folds().size(); fold++) {
                runs.add(pools.cell(one.strategy, one.loss, fold, seed).history());
            }
        }
        int longest = runs.stream().mapToInt(List::size).max().orElse(0);
        List<Curve.Epoch> epochs = IntStream.range(0, longest)
                .mapToObj(epoch -> {
                    List<EpochResult> those = runs.stream()
                            .filter(run -> run.size() > epoch)
                            .map(run -> run.get(epoch))
                            .toList();
                    return new Curve.Epoch(
                            epoch + 1,
                            mean(those, EpochResult::audioGradient),
                            mean(those, EpochResult::textGradient),
                            mean(those, EpochResult::audioLogits),
                            mean(those, EpochResult::textLogits));
                })
                .toList();
        return new Curve(one.strategy, one.choice(), epochs);
    }

    private static double mean(List<EpochResult> epochs, ToDoubleFunction<EpochResult> value) {
        return epochs.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    /// The projected vectors of the first fold's test utterances, with the first seed.
    List<Plane> planes() {
        List<Plane> planes = new ArrayList<>();
        for (Trained one : trained()) {
            CellResult cell = pools.cell(one.strategy, one.loss, 0, 0);
            for (Modality modality : Modality.values()) {
                add(planes, one, modality, cell);
            }
        }
        return planes;
    }

    private static void add(List<Plane> planes, Trained one, Modality modality, CellResult cell) {
        Projection projection = cell.projection(modality);
        if (projection != null) {
            List<Integer> truth = IntStream.range(0, cell.test().ids().size())
                    .mapToObj(cell.test()::truth)
                    .toList();
            planes.add(new Plane(
                    one.strategy,
                    one.choice(),
                    modality,
                    1,
                    projection.first(),
                    projection.second(),
                    projection.points(),
                    truth));
        }
    }
}
