package dev.parallax.setup;

import dev.parallax.BadInputException;
import dev.parallax.backend.Backend;
import dev.parallax.data.Labels;
import dev.parallax.eval.ApproximateRandomization;
import dev.parallax.eval.Clusters;
import dev.parallax.eval.Comparison;
import dev.parallax.eval.McNemar;
import dev.parallax.eval.Metrics;
import dev.parallax.setup.request.EvaluationRequest;
import dev.parallax.train.Evaluation;
import dev.parallax.train.Workers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The decisions of two models on the same utterances: those that both can answer, of the part that was asked for.
///
/// @param differing  utterances on which they decide otherwise
/// @param utterances how many both answer and have a label
/// @param mcNemar    of the accuracies, utterance by utterance
/// @param speakers   of the unweighted accuracies, whole speakers swapped
/// @param firstRight how many the first model gets right
/// @param secondRight how many the second does
/// @param notes      what makes the scores of either too good, one line each
public record ModelComparison(
        List<Differing> differing,
        int utterances,
        McNemar mcNemar,
        Comparison speakers,
        int firstRight,
        int secondRight,
        List<String> notes) {

    private static final long SEED = 1;

    /// An utterance with two decisions.
    ///
    /// @param id     of the utterance
    /// @param truth  its label
    /// @param first  the first model's decision
    /// @param second the second's
    public record Differing(String id, String truth, String first, String second) {}

    public ModelComparison {
        differing = List.copyOf(differing);
        notes = List.copyOf(notes);
    }

    /// Asks both models.
    ///
    /// @param request of the first model; the same is asked of the second
    /// @throws BadInputException when there is no utterance that both answer, or their labels differ
    public static ModelComparison of(
            EvaluationRequest request, @Nullable Path second, Backend backend, Workers workers, Remarks remarks) {
        try (Evaluated a = Evaluated.of(request, backend, workers, remarks);
                Evaluated b = Evaluated.of(request.ofModel(second), backend, workers, remarks)) {
            return of(a.outcome, b.outcome);
        }
    }

    /// An evaluation whose model is closed with it.
    private record Evaluated(EvaluationOutcome outcome) implements AutoCloseable {

        static Evaluated of(EvaluationRequest request, Backend backend, Workers workers, Remarks remarks) {
            return new Evaluated(ModelEvaluation.run(request, backend, workers, remarks));
        }

        @Override
        public void close() {
            outcome.model().close();
        }
    }

    private static ModelComparison of(EvaluationOutcome first, EvaluationOutcome second) {
        Labels labels = first.model().labels();
        if (!labels.equals(second.model().labels())) {
            throw new BadInputException("diff: the labels of " + first.name() + " are " + labels + ", those of "
                    + second.name() + " " + second.model().labels()
                    + "; decisions can be compared where they are the same");
        }
        Map<String, Evaluation.Row> others = new HashMap<>();
        second.evaluation().rows().forEach(row -> others.put(row.id(), row));
        List<Evaluation.Row> rows = first.evaluation().rows().stream()
                .filter(row -> row.truth() >= 0 && others.containsKey(row.id()))
                .toList();
        if (rows.isEmpty()) {
            throw new BadInputException("diff: no utterance is answered by both models; their test parts have none in"
                    + " common: give ‹split all› and a corpus that neither has seen");
        }
        int n = rows.size();
        int[] truth = new int[n];
        int[] a = new int[n];
        int[] b = new int[n];
        boolean[] aRight = new boolean[n];
        boolean[] bRight = new boolean[n];
        List<Differing> differing = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            Evaluation.Row row = rows.get(i);
            Evaluation.Row other = Objects.requireNonNull(others.get(row.id()));
            truth[i] = row.truth();
            a[i] = decision(row, labels);
            b[i] = decision(other, labels);
            aRight[i] = a[i] == truth[i];
            bRight[i] = b[i] == truth[i];
            if (a[i] != b[i]) {
                differing.add(new Differing(row.id(), labels.name(truth[i]), labels.name(a[i]), labels.name(b[i])));
            }
        }
        Clusters clusters = Clusters.of(
                rows.stream().map(Evaluation.Row::id).toList(),
                Study.clusters(first.corpora().utterances()));
        Comparison speakers = ApproximateRandomization.standard(SEED)
                .compare(
                        a,
                        b,
                        predicted -> Metrics.of(truth, predicted, labels.size()).unweightedAccuracy(),
                        clusters);
        List<String> notes = new ArrayList<>();
        first.notes().forEach(note -> notes.add(first.name() + ": " + note));
        second.notes().forEach(note -> notes.add(second.name() + ": " + note));
        return new ModelComparison(
                differing, n, McNemar.of(aRight, bRight), speakers, count(aRight), count(bRight), notes);
    }

    private static int decision(Evaluation.Row row, Labels labels) {
        return labels.index(row.label(), "diff");
    }

    private static int count(boolean... right) {
        int count = 0;
        for (boolean each : right) {
            count += each ? 1 : 0;
        }
        return count;
    }
}
