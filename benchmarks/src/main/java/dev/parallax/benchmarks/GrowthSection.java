package dev.parallax.benchmarks;

import dev.parallax.audio.Audio;
import dev.parallax.audio.features.FeatureExtractor;
import dev.parallax.backend.Backend;
import dev.parallax.backend.select.Backends;
import dev.parallax.model.EmotionModel;
import dev.parallax.model.ModelConfig;
import dev.parallax.train.Workers;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The part of the page about how time grows with the size of the input: of a training step, the features, a
/// prediction.
final class GrowthSection {

    private static final int BATCH = 8;
    private static final int FRAMES = 200;
    private static final int HIDDEN = 64;
    private static final int CORPUS_FRAMES = 50;
    private static final int CORPUS_BATCH = 32;
    private static final int SAMPLE_RATE = 16_000;

    private final Backend backend = Backends.choose("auto", line -> {});
    private final Workers workers;

    private GrowthSection(Workers workers) {
        this.workers = workers;
    }

    /// Measures and returns the text.
    static String measure() {
        try (Workers one = new Workers(1)) {
            return new GrowthSection(one).text();
        }
    }

    private String text() {
        return """
                ## How time grows

                %s

                One thread. Of each size the least of three medians, taken in rounds over all sizes. The exponent is the p
                of time = c · size^p, fitted over all sizes in logarithms; *last* is that between the last two. Training
                steps are of the model of the utterance workload with %d utterances of %d frames and hidden size %d, where
                nothing else is said.

                %s""".formatted(
                        Machine.line(),
                        BATCH,
                        FRAMES,
                        HIDDEN,
                        String.join("\n", length(), batch(), hidden(), corpus(), mfcc(), predict()));
    }

    private String length() {
        return part(
                "Length of the sequences",
                "frames",
                "The attention is quadratic in the length, all else linear: from 1 towards 2.",
                Growth.measure("length", frames -> step(BATCH, frames, HIDDEN), 50, 100, 200, 400, 800));
    }

    private String batch() {
        return part(
                "Batch",
                "utterances",
                "Linear: 1. Below it where a step's fixed costs count (the optimiser, one row at a time in the recurrence).",
                Growth.measure("batch", batch -> step(batch, FRAMES, HIDDEN), 1, 2, 4, 8, 16, 32, 64));
    }

    private String hidden() {
        return part(
                "Hidden size",
                "units a direction",
                "Products of states with weights are quadratic, the rest linear (scores of the attention, gates, dropout)"
                        + " or constant: between 1 and 2.",
                Growth.measure("hidden", hidden -> step(BATCH, FRAMES, hidden), 16, 32, 64, 128, 256));
    }

    private String corpus() {
        return part(
                "Corpus: an epoch, utterances of " + CORPUS_FRAMES + " frames in batches of " + CORPUS_BATCH,
                "utterances",
                "Linear: 1.",
                Growth.measure(
                        "corpus",
                        size -> {
                            EpochInOrder epoch =
                                    Workload.uniform(backend, workers, size, CORPUS_BATCH, CORPUS_FRAMES, HIDDEN);
                            return epoch::run;
                        },
                        250,
                        500,
                        1000,
                        2000,
                        4000));
    }

    private String mfcc() {
        FeatureExtractor extractor = MfccBenchmark.extractor();
        return part(
                "MFCC, by the length of the clip",
                "seconds",
                "Linear: 1.",
                Growth.measure(
                        "MFCC",
                        seconds -> {
                            Audio clip = MfccBenchmark.noise(seconds * SAMPLE_RATE);
                            return () -> extractor.extract(clip);
                        },
                        1,
                        4,
                        15,
                        60,
                        240));
    }

    private String predict() {
        EmotionModel model = PredictBenchmark.standard(backend);
        return part(
                "A prediction, by the length of the clip",
                "seconds",
                "Up to %.0f s from 1 towards 2, for the attention; longer clips are cut into windows: 1."
                        .formatted(ModelConfig.WINDOW_SECONDS),
                Growth.measure(
                        "predict",
                        seconds -> {
                            Audio clip = MfccBenchmark.noise(seconds * SAMPLE_RATE);
                            return () -> model.predict(clip, PredictBenchmark.TEXT);
                        },
                        1,
                        2,
                        4,
                        8,
                        15,
                        30,
                        60));
    }

    private Runnable step(int batch, int frames, int hidden) {
        EpochInOrder epoch = Workload.uniform(backend, workers, batch, batch, frames, hidden);
        return epoch::run;
    }

    private static String part(String title, String unit, String expected, Growth growth) {
        int[] sizes = growth.sizes();
        double[] seconds = growth.seconds();
        IntUnaryOperator decimals = i -> seconds[i] < 0.01 ? 2 : 1;
        return """
                ### %s

                | %s | %s |
                |---|%s
                | ms | %s |

                Exponent %s, last %s. Expected: %s
                """.formatted(
                        title,
                        unit,
                        IntStream.of(sizes).mapToObj(Integer::toString).collect(Collectors.joining(" | ")),
                        "---|".repeat(sizes.length),
                        IntStream.range(0, sizes.length)
                                .mapToObj(i -> Say.number(1000 * seconds[i], decimals.applyAsInt(i)))
                                .collect(Collectors.joining(" | ")),
                        Say.number(growth.exponent(), 2),
                        Say.number(growth.lastExponent(), 2),
                        expected);
    }
}
