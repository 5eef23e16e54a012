package dev.parallax.audio.features;

import dev.parallax.audio.ParallelLoop;
import java.util.List;

/// Which functionals make one row out of all frames of a recording. Then the length of an utterance no longer
/// matters, and a linear model or a small network suffices where recordings are few.
public enum Functionals {
    /// None: one row per frame.
    NONE,
    /// The twelve of the emotion set of B. Schuller, S. Steidl, A. Batliner, "The INTERSPEECH 2009 Emotion
    /// Challenge", INTERSPEECH 2009, table 1.
    IS09,
    /// Level, spread and trend, and quartiles, which outliers do not move.
    STATISTICS;

    /// The functionals, in the order of their columns.
    public List<Functional> members() {
        return switch (this) {
            case NONE -> List.of();
            case IS09 ->
                List.of(
                        Functional.MAX,
                        Functional.MIN,
                        Functional.RANGE,
                        Functional.MAX_POSITION,
                        Functional.MIN_POSITION,
                        Functional.MEAN,
                        Functional.SLOPE,
                        Functional.OFFSET,
                        Functional.LINE_ERROR,
                        Functional.DEVIATION,
                        Functional.SKEWNESS,
                        Functional.KURTOSIS);
            case STATISTICS ->
                List.of(
                        Functional.MEAN,
                        Functional.DEVIATION,
                        Functional.MIN,
                        Functional.QUARTILE_1,
                        Functional.MEDIAN,
                        Functional.QUARTILE_3,
                        Functional.MAX,
                        Functional.SLOPE);
        };
    }

    private static final int COLUMNS_AT_A_TIME = 4;

    /// The names of the columns: for each column, one per functional.
    public List<String> columns(List<String> columns) {
        return columns.stream()
                .flatMap(column -> members().stream().map(member -> column + member.suffix()))
                .toList();
    }

    /// One row of the functionals of every column.
    ///
    /// @param features   not modified
    /// @param rowSeconds from one row to the next [s], above 0
    /// @return one row, `features.size() · members().size()` columns; all finite where the features are
    public Features of(Features features, double rowSeconds) {
        return of(features, rowSeconds, 1);
    }

    /// The same on several threads, which the result does not depend on.
    Features of(Features features, double rowSeconds, int threads) {
        List<Functional> members = members();
        int count = members.size();
        float[] out = new float[Math.multiplyExact(features.size(), count)];
        ParallelLoop.run(features.size(), COLUMNS_AT_A_TIME, threads, () -> {
            double[] x = new double[features.frames()];
            return (from, to) -> {
                for (int column = from; column < to; column++) {
                    for (int t = 0; t < x.length; t++) {
                        x[t] = features.at(t, column);
                    }
                    ColumnSummary summary = new ColumnSummary(x, rowSeconds);
                    for (int i = 0; i < count; i++) {
                        out[column * count + i] = (float) summary.of(members.get(i));
                    }
                }
            };
        });
        return new Features(out, 1, columns(features.columns()));
    }
}
