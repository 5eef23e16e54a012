package dev.parallax.report.study;

import dev.parallax.eval.Calibration;
import dev.parallax.eval.Confusion;
import dev.parallax.eval.TextOverlap;
import dev.parallax.eval.ValidationGap;
import dev.parallax.fusion.Modality;
import dev.parallax.fusion.View;
import dev.parallax.report.plot.Point;
import dev.parallax.report.study.StudyRow.Versus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The results of a study, as its page shows them.
///
/// @param rows          one row per way to decide
/// @param effects       each loss against the single loss, by strategy; possibly none
/// @param lead          the best linear model against the best network; null where there is no linear model
/// @param overlap       test transcripts that also occur in training, over all folds
/// @param gap           validation parts against test parts; null where there is no validation part
/// @param tried         what the inner cross-validations tried; none where validation parts choose
/// @param speakers      how well each speaker was recognised, by each way to decide
/// @param groups        how well groups of utterances were recognised; none where none were named
/// @param curves        gradients and logits of each perspective over training
/// @param reliabilities calibration before and after temperature scaling, answer by answer
/// @param confusions    the confusions of each perspective
/// @param planes        utterance vectors in the plane in which they differ most
public record StudyFindings(
        List<StudyRow> rows,
        List<LossEffect> effects,
        @Nullable LinearLead lead,
        TextOverlap overlap,
        @Nullable ValidationGap gap,
        List<Tried> tried,
        List<SpeakerScore> speakers,
        List<GroupFindings> groups,
        List<Curve> curves,
        List<Reliability> reliabilities,
        List<Confused> confusions,
        List<Plane> planes) {

    /// Keeps its own copies.
    public StudyFindings {
        rows = List.copyOf(rows);
        effects = List.copyOf(effects);
        tried = List.copyOf(tried);
        speakers = List.copyOf(speakers);
        groups = List.copyOf(groups);
        curves = List.copyOf(curves);
        reliabilities = List.copyOf(reliabilities);
        confusions = List.copyOf(confusions);
        planes = List.copyOf(planes);
    }

    /// Whether any row decides from both perspectives.
    public boolean fuses() {
        return !curves.isEmpty() || rows.stream().anyMatch(row -> row.agreement() != null);
    }

    /// A loss against the single loss, of the same strategy.
    public record LossEffect(String strategy, LossChoice loss, Versus versus) {

        /// The strategy with the loss.
        public String title() {
            return loss.title(strategy);
        }
    }

    /// The best linear model against the best network: of each kind the one with the highest unweighted
    /// accuracy on the test part.
    ///
    /// @param linear  name of the linear model
    /// @param network name of the network, with its loss
    /// @param versus  the linear model against the network
    public record LinearLead(String linear, String network, Versus versus) {}

    /// The settings that one strategy tried in one fold, each scored by an inner cross-validation over the
    /// training speakers.
    ///
    /// @param fold   from 1
    /// @param scores in the order of the settings, at least one
    public record Tried(String strategy, LossChoice loss, int fold, List<Score> scores) {

        /// @param variant            what is set
        /// @param unweightedAccuracy of the predictions pooled over the inner folds
        public record Score(String variant, double unweightedAccuracy) {}

        /// Keeps its own copy.
        public Tried {
            scores = List.copyOf(scores);
        }

        /// The settings of the highest score; of equally good ones the first.
        public String chosen() {
            Score best = scores.getFirst();
            for (Score score : scores) {
                best = score.unweightedAccuracy > best.unweightedAccuracy ? score : best;
            }
            return best.variant;
        }
    }

    /// One of the settings that a strategy tried, over all folds.
    ///
    /// @param unweightedAccuracy of the inner cross-validations, mean over the folds
    /// @param chosen             in how many folds it was chosen
    public record TriedOverall(
            String strategy, LossChoice loss, String variant, double unweightedAccuracy, int chosen, int folds) {}

    /// What was tried, over all folds: one line per strategy, loss and setting.
    public List<TriedOverall> triedOverall() {
        Map<String, List<Tried>> folds = new LinkedHashMap<>();
        for (Tried one : tried) {
            folds.computeIfAbsent(one.strategy + " " + one.loss.word(), _ -> new ArrayList<>())
                    .add(one);
        }
        List<TriedOverall> all = new ArrayList<>();
        for (List<Tried> these : folds.values()) {
            for (int i = 0; i < these.getFirst().scores().size(); i++) {
                int number = i;
                String variant = these.getFirst().scores().get(number).variant();
                all.add(new TriedOverall(
                        these.getFirst().strategy(),
                        these.getFirst().loss(),
                        variant,
                        these.stream()
                                .mapToDouble(fold -> fold.scores().get(number).unweightedAccuracy())
                                .average()
                                .orElse(Double.NaN),
                        (int) these.stream()
                                .filter(fold -> fold.chosen().equals(variant))
                                .count(),
                        these.size()));
            }
        }
        return all;
    }

    /// How well one speaker (or dialogue) was recognised by one way to decide.
    ///
    /// @param classes            how many classes occur among the utterances
    /// @param unweightedAccuracy mean recall of those classes by one model, mean over the seeds
    /// @param weightedAccuracy   share of the utterances answered right by one model, mean over the seeds
    public record SpeakerScore(
            String strategy,
            LossChoice loss,
            String speaker,
            int utterances,
            int classes,
            double unweightedAccuracy,
            double weightedAccuracy) {}

    /// The perspectives during the training of a strategy, mean over folds and seeds.
    ///
    /// @param epochs in their order; later ones are means over those runs that came so far
    public record Curve(String strategy, LossChoice loss, List<Epoch> epochs) {

        /// @param epoch         from 1
        /// NaN where no loss trains what is measured.
        ///
        /// @param audioGradient norm of the gradient of audio's parameters   @param textGradient of text's
        /// @param audioLogits   mean norm of audio's centred logits          @param textLogits of text's
        public record Epoch(
                int epoch, double audioGradient, double textGradient, double audioLogits, double textLogits) {}

        /// Keeps its own copy.
        public Curve {
            epochs = List.copyOf(epochs);
        }
    }

    /// The share of right answers by their confidence: all seeds together.
    ///
    /// @param before as the models give them   @param after temperature scaling
    public record Reliability(String strategy, LossChoice loss, Calibration before, Calibration after) {}

    /// The confusions of one answer, all seeds together: each utterance counts once per seed.
    ///
    /// @param answer of the fusion or of a modality alone
    public record Confused(String strategy, LossChoice loss, View answer, Confusion confusion) {}

    /// Utterance vectors of one modality along their first two principal components: the first seed, one fold.
    ///
    /// @param fold   from 1
    /// @param first  share of all variance along x   @param second along y
    /// @param points of each test utterance
    /// @param truth  its class
    public record Plane(
            String strategy,
            LossChoice loss,
            Modality modality,
            int fold,
            double first,
            double second,
            List<Point> points,
            List<Integer> truth) {

        /// Keeps its own copies.
        public Plane {
            points = List.copyOf(points);
            truth = List.copyOf(truth);
        }
    }
}
