package dev.parallax.study;

import dev.parallax.eval.ClusterScore;
import dev.parallax.eval.Clusters;
import dev.parallax.eval.Confusion;
import dev.parallax.fusion.Fusions;
import dev.parallax.fusion.Fusions.Place;
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

    /// Whether the perspectives of a strategy give answers of their own: those of an early fusion are for training
    /// alone.
    static boolean perspectivesAnswer(String strategy) {
        return Fusions.byName(strategy).place() != Place.EARLY;
    }

    /// A trained way to decide.
    private record Trained(String strategy, boolean perspectives) {
        String loss() {
            return StudyDesign.ALONE.contains(strategy) ? "-" : perspectives ? "perspective" : "fused";
        }
    }

    /// The perspectives alone, then every strategy under every loss.
    private List<Trained> trained() {
        List<Trained> all = new ArrayList<>();
        plan.alone().forEach(alone -> all.add(new Trained(alone, false)));
        for (boolean perspectives : plan.losses()) {
            plan.strategies().forEach(strategy -> all.add(new Trained(strategy, perspectives)));
        }
        return all;
    }

    /// How well each speaker was recognised; none where speakers are not known.
    List<SpeakerScore> speakers() {
        List<SpeakerScore> scores = new ArrayList<>();
        for (Trained one : trained()) {
            PooledAnswers pooled = pools.decisions(one.strategy, one.perspectives);
            Clusters clusters = tables.clusters(pooled.ids());
            if (clusters.count() == pooled.ids().size()) {
                return List.of();
            }
            for (ClusterScore score : ClusterScore.of(pooled.labels(), pooled.decided(), classes, clusters)) {
                scores.add(new SpeakerScore(
                        one.strategy,
                        one.loss(),
                        score.name(),
                        score.metrics().confusion().total(),
                        score.classes(),
                        score.metrics().unweightedAccuracy()));
            }
        }
        return scores;
    }

    /// The confusions of the decision and, where they answer, of each perspective.
    List<Confused> confusions() {
        List<Confused> all = new ArrayList<>();
        for (Trained one : trained()) {
            boolean alone = StudyDesign.ALONE.contains(one.strategy);
            add(all, one, alone ? one.strategy : "fused", pools.decisions(one.strategy, one.perspectives));
            if (!alone && one.perspectives && perspectivesAnswer(one.strategy)) {
                add(all, one, "audio", pools.audio(one.strategy));
                add(all, one, "text", pools.text(one.strategy));
            }
        }
        return all;
    }

    private void add(List<Confused> all, Trained one, String answer, @Nullable PooledAnswers pooled) {
        if (pooled != null) {
            Confusion confusion = Confusion.of(pooled.labels(), pooled.decided(), classes);
            all.add(new Confused(one.strategy, one.loss(), answer, confusion));
        }
    }

    /// The calibration of the probabilities before and after temperature scaling.
    List<Reliability> reliabilities() {
        List<Reliability> all = new ArrayList<>();
        for (Trained one : trained()) {
            all.add(new Reliability(
                    one.strategy,
                    one.loss(),
                    pools.decisions(one.strategy, one.perspectives, false).together(),
                    pools.decisions(one.strategy, one.perspectives, true).together()));
        }
        return all;
    }

    /// Gradients and logits of each perspective over training.
    List<Curve> curves() {
        return trained().stream()
                .filter(one -> !StudyDesign.ALONE.contains(one.strategy))
                .map(this::curve)
                .toList();
    }

    private Curve curve(Trained one) {
        List<List<EpochResult>> runs = new ArrayList<>();
        for (int seed = 0; seed < plan.seeds(); seed++) {
            for (int fold = 0; fold < plan.folds().size(); fold++) {
                runs.add(pools.cell(one.strategy, one.perspectives, fold, seed).history());
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
        return new Curve(one.strategy, one.loss(), epochs);
    }

    private static double mean(List<EpochResult> epochs, ToDoubleFunction<EpochResult> value) {
        return epochs.stream().mapToDouble(value).average().orElse(Double.NaN);
    }

    /// The projected vectors of the first fold's test utterances, with the first seed.
    List<Plane> planes() {
        List<Plane> planes = new ArrayList<>();
        for (Trained one : trained()) {
            CellResult cell = pools.cell(one.strategy, one.perspectives, 0, 0);
            add(planes, one, "audio", cell, cell.audio());
            add(planes, one, "text", cell, cell.text());
        }
        return planes;
    }

    private static void add(
            List<Plane> planes, Trained one, String modality, CellResult cell, @Nullable Projection projection) {
        if (projection != null) {
            List<Integer> truth = IntStream.range(0, cell.test().ids().size())
                    .mapToObj(cell.test()::truth)
                    .toList();
            planes.add(new Plane(
                    one.strategy,
                    one.loss(),
                    modality,
                    1,
                    projection.first(),
                    projection.second(),
                    projection.points(),
                    truth));
        }
    }
}
