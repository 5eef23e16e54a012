package dev.parallax.report;

import dev.parallax.data.Labels;
import dev.parallax.eval.Calibration;
import dev.parallax.eval.Metrics;
import dev.parallax.eval.Probabilities;
import dev.parallax.eval.SelectiveScores;
import dev.parallax.fusion.Perspectives;
import dev.parallax.fusion.View;
import dev.parallax.model.Prediction;
import dev.parallax.model.answer.Answer;
import dev.parallax.random.RandomStream;
import dev.parallax.report.page.Fact;
import dev.parallax.report.plot.History;
import dev.parallax.report.plot.UtteranceCard;
import dev.parallax.report.plot.ViewScores;
import java.util.ArrayList;
import java.util.List;

/// Made-up results for the tests of pages and plots, like real ones in form, from a seed.
public final class Samples {

    public static final Labels LABELS = Labels.of("anger", "happiness", "neutral", "sadness");

    /// Text from outside that would break a page without escaping.
    public static final String HOSTILE = "<script>alert(\"1 & 2\")</script> \u0001 it's fine";

    private Samples() {}

    /// Scores of 400 answers of which about `accuracy` are right.
    public static ViewScores scores(View view, double accuracy, boolean taught, Labels labels) {
        return scores(view, accuracy, taught, labels, 400);
    }

    private static ViewScores scores(View view, double accuracy, boolean taught, Labels labels, int answers) {
        RandomStream random = new RandomStream(7, 0, view.word().length(), 0);
        int classes = labels.size();
        int[] truth = new int[answers];
        double[][] logits = new double[truth.length][classes];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = i % classes;
            int says = random.nextDouble() < accuracy ? truth[i] : random.nextInt(classes);
            for (int c = 0; c < classes; c++) {
                logits[i][c] = random.nextDouble() + (c == says ? 2 * accuracy + random.nextDouble() : 0);
            }
        }
        double[][] probabilities = Probabilities.softmax(logits, 1);
        Metrics metrics = Metrics.of(truth, Probabilities.argmax(probabilities), classes);
        return new ViewScores(
                view,
                metrics,
                Calibration.of(probabilities, truth),
                SelectiveScores.plain(probabilities, truth),
                taught);
    }

    /// A history of training whose accuracy approaches a value.
    static History history(double loss, double accuracy, int epochs) {
        List<History.Epoch> all = new ArrayList<>();
        for (int e = 1; e <= epochs; e++) {
            double left = Math.exp(-e / 5.0);
            double wave = 0.01 * Math.sin(2.3 * e + loss);
            all.add(new History.Epoch(
                    e,
                    0.2 + loss * left + wave,
                    0.3 + 1.1 * left + wave,
                    0.25 + (accuracy - 0.25) * (1 - left) + wave));
        }
        return new History(all, Integer.toString(epochs - 3), "validation");
    }

    static RunFacts facts() {
        return new RunFacts(
                "parallax demo --out runs/demo --seed 7",
                7,
                "synthetic:7, 2400 utterances",
                "25.0.1, Eclipse Adoptium",
                "backend=vector width=256 fma=yes jdk=25.0.1",
                List.of(new Fact("training time", "81 s"), new Fact("whole run", "97 s")),
                List.of());
    }

    static SplitFacts split(Labels labels, boolean independent) {
        List<Integer> some = labels.names().stream().map(name -> 100).toList();
        return new SplitFacts(
                "speakers drawn from seed 7, kept apart",
                independent,
                List.of(
                        new SplitFacts.PartFacts(
                                "train", 1600, List.of("s01", "s02", "s03", "s04", "s05", "s06"), some),
                        new SplitFacts.PartFacts("val", 400, List.of("s07"), some),
                        new SplitFacts.PartFacts("test", 400, List.of("s08", "s09"), some)));
    }

    public static DemoReport demo(String sentence) {
        List<ModelResult> models = List.of(
                new ModelResult("audio", history(1.2, 0.66, 20), List.of(scores(View.AUDIO, 0.55, true, LABELS))),
                new ModelResult("text", history(1.1, 0.67, 16), List.of(scores(View.TEXT, 0.56, true, LABELS))),
                new ModelResult("fused, single loss", history(1.3, 0.9, 22), fused(0.85, false)),
                new ModelResult("fused, perspective loss", history(3.4, 0.93, 25), fused(0.92, true)));
        List<Check> checks = List.of(
                new Check("audio: from its ceiling - 0.05 to + 3 standard errors", 0.653, 0.62, 0.74),
                new Check(
                        "fused, perspective loss: above both single ceilings by 2.33 standard errors",
                        0.6,
                        0.72,
                        0.98));
        Answer fused =
                new Answer("sadness", List.of(0.02, 0.01, 0.03, 0.94), true, false, List.of(0.7, 0.0, 1.1, 4.5), 1, 0);
        Prediction prediction = new Prediction(
                LABELS.names(),
                new Perspectives<>(
                        fused,
                        new Answer(
                                "sadness",
                                List.of(0.03, 0.02, 0.05, 0.90),
                                true,
                                false,
                                List.of(0.4, 0.0, 0.9, 3.8),
                                1,
                                0),
                        new Answer(
                                "neutral",
                                List.of(0.24, 0.23, 0.28, 0.25),
                                true,
                                false,
                                List.of(0.0, 0.0, 0.2, 0.1),
                                1,
                                0)),
                View.FUSED,
                List.of());
        UtteranceCard story = new UtteranceCard(
                "the first of them", "s08-0117", sentence, "sadness", "fused, perspective loss", prediction);
        return new DemoReport(
                facts(), LABELS, split(LABELS, true), new Ceilings(0.95, 0.67, 0.67, 0.25), models, checks, story);
    }

    private static List<ViewScores> fused(double accuracy, boolean taught) {
        return List.of(
                scores(View.FUSED, accuracy, true, LABELS),
                scores(View.AUDIO, 0.55, taught, LABELS),
                scores(View.TEXT, 0.56, taught, LABELS));
    }

    /// A run on seven classes with audio alone, of 400 answers in each part.
    public static RunReport run(boolean synthetic, boolean independent, String note) {
        return run(synthetic, independent, note, 400);
    }

    /// The same with so many answers in each part.
    public static RunReport run(boolean synthetic, boolean independent, String note, int answers) {
        Labels labels = Labels.of("anger", "anxiety", "boredom", "disgust", "happiness", "neutral", "sadness");
        ViewScores audio = scores(View.AUDIO, 0.6, true, labels, answers);
        List<ViewScores> scores = List.of(
                audio, new ViewScores(View.DECISION, audio.metrics(), audio.calibration(), audio.selective(), true));
        return new RunReport(
                facts(),
                synthetic,
                labels,
                split(labels, independent),
                history(1.9, 0.62, 40),
                scores,
                scores,
                List.of(new SpeakerAccuracy("s08", 200, 130), new SpeakerAccuracy("s09", 200, 111)),
                note.isEmpty() ? List.of() : List.of(note));
    }
}
