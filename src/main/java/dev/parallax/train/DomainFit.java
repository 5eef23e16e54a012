package dev.parallax.train;

import dev.parallax.audio.features.FeatureCache;
import dev.parallax.audio.speech.RecordingMeasures;
import dev.parallax.corpus.recordings.Preparation.Prepared;
import dev.parallax.corpus.recordings.Preparation.Window;
import dev.parallax.data.FeatureScaling;
import dev.parallax.eval.baseline.Pca;
import dev.parallax.model.domain.FeatureDistance;
import dev.parallax.model.domain.Range;
import dev.parallax.model.domain.SoundDomain;
import dev.parallax.model.domain.TextDomain;
import dev.parallax.text.TextMeasures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Measures the training part and, on the validation part with its other speakers, how far from it a new speaker
/// may lie. From large parts an evenly spread sample is taken.
public final class DomainFit {

    private static final int MOST_MEASURED = 600;
    private static final int MOST_ROWS = 400;
    /// With fewer training recordings than this, nothing can be said to be unlike them.
    public static final int LEAST_ROWS = 20;

    private static final int MOST_COMPONENTS = 20;
    private static final int ROWS_A_COMPONENT = 10;
    private static final double LIMIT = 0.99; // share of the validation part's recordings that is to lie inside
    private static final double TEXT_LIMIT = 0.98; // of its sentences
    private static final double UNSEEN_FACTOR = 1.5; // rows that were fitted lie closer than others
    private static final double UNSEEN_NATS = 1; // as are texts that made the vocabulary

    private final FeatureCache cache;
    private final Workers workers;

    /// @param cache of the model's features
    DomainFit(FeatureCache cache, Workers workers) {
        this.cache = cache;
        this.workers = workers;
    }

    /// What the recordings are like. Varied copies widen the ranges. The distance is fitted to unchanged
    /// recordings, since a network trained with simulated rooms is overconfident in real ones.
    ///
    /// @param copies of the training part, varied
    SoundDomain sound(List<Prepared> training, List<Prepared> copies, List<Prepared> validation) {
        List<Prepared> heard = new ArrayList<>(training);
        heard.addAll(copies);
        List<Window> windows = sample(heard, MOST_MEASURED);
        if (windows.isEmpty()) {
            return SoundDomain.ANY;
        }
        RecordingMeasures[] measures = new RecordingMeasures[windows.size()];
        workers.forEach(
                measures.length,
                i -> measures[i] = cache.measured(windows.get(i).source()).measures());
        return new SoundDomain(
                range(measures, RecordingMeasures::speechSeconds),
                range(measures, RecordingMeasures::activeLevelDb),
                range(measures, RecordingMeasures::offset),
                range(measures, RecordingMeasures::bandwidthHz),
                range(measures, RecordingMeasures::snrDb),
                distance(rows(sample(training, MOST_ROWS)), rows(sample(validation, MOST_ROWS))));
    }

    private static Range range(RecordingMeasures[] measures, ToDoubleFunction<RecordingMeasures> value) {
        return Range.of(Arrays.stream(measures).mapToDouble(value).toArray());
    }

    private static List<Window> sample(List<Prepared> utterances, int most) {
        List<Window> all = utterances.stream()
                .flatMap(prepared -> prepared.windows().stream())
                .toList();
        int count = Math.min(all.size(), most);
        return IntStream.range(0, count)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                .toList();
    }

    private float[][] rows(List<Window> windows) {
        return windows.stream().map(window -> cache.statistics(window.source())).toArray(float[][]::new);
    }

    /// Mean, deviation and principal components of the training rows; the limits come from new rows.
    private static @Nullable FeatureDistance distance(float[][] learned, float[][] validation) {
        if (learned.length < LEAST_ROWS) {
            return null;
        }
        int columns = learned[0].length;
        FeatureScaling scaling = FeatureScaling.of(columns, List.of(learned));
        double[][] z = new double[learned.length][columns];
        for (int i = 0; i < z.length; i++) {
            float[] scaled = scaling.apply(learned[i]);
            Arrays.setAll(z[i], column -> scaled[column]);
        }
        int count = Math.min(Math.min(MOST_COMPONENTS, columns), learned.length / ROWS_A_COMPONENT);
        Pca pca = Pca.fit(z, count);
        float[][] components = new float[count][columns];
        List<Double> variances = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double[] component = pca.component(k);
            for (int column = 0; column < columns; column++) {
                components[k][column] = (float) component[column];
            }
            variances.add(Math.max(Float.MIN_NORMAL, pca.variance(k)));
        }
        FeatureDistance plain = new FeatureDistance(scaling, components, variances, 1, 1);
        boolean isNew = validation.length >= LEAST_ROWS;
        double factor = isNew ? 1 : UNSEEN_FACTOR;
        List<FeatureDistance.Parts> parts =
                Stream.of(isNew ? validation : learned).map(plain::parts).toList();
        return plain.withLimits(
                factor * limit(parts, FeatureDistance.Parts::within),
                factor * limit(parts, FeatureDistance.Parts::beyond));
    }

    private static <T> double limit(List<T> values, ToDoubleFunction<T> part) {
        return Math.max(
                Float.MIN_NORMAL,
                quantile(LIMIT, values.stream().mapToDouble(part).toArray()));
    }

    /// The least value that so large a share lies at or below.
    private static double quantile(double share, double... values) {
        double[] rising = values.clone();
        Arrays.sort(rising);
        return rising[Math.max(0, (int) Math.ceil(share * rising.length) - 1)];
    }

    /// What the sentences are like.
    static TextDomain text(List<TextMeasures> training, List<TextMeasures> validation) {
        if (training.isEmpty()) {
            return TextDomain.ANY;
        }
        boolean isNew = validation.size() >= LEAST_ROWS;
        double[] ranks = (isNew ? validation : training)
                .stream().mapToDouble(TextMeasures::meanLogRank).toArray();
        return new TextDomain(
                Range.of(training.stream().mapToDouble(TextMeasures::words).toArray()),
                quantile(TEXT_LIMIT, ranks) + (isNew ? 0 : UNSEEN_NATS),
                TextDomain.scriptsOf(training));
    }
}
