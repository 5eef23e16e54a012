package dev.parallax.audio.features;

import java.util.Locale;

/// A statistic of one column of a recording's features, x\[0..T-1\]. The line of a column is its fit a + b t by
/// least squares, t the time in seconds from the first row. The column's name gets `_` and the functional's name in
/// lower case: `f0_mean`, `mfcc3_d1_kurtosis`.
public enum Functional {
    /// m = Σ x / T.
    MEAN,
    /// √(Σ (x - m)² / T).
    DEVIATION,
    /// Σ (x - m)³ / T / deviation³; 0 for a column that does not move.
    SKEWNESS,
    /// Σ (x - m)⁴ / T / deviation⁴, 3 for a normal distribution; 0 for a column that does not move.
    KURTOSIS,
    MIN,
    MAX,
    /// Max - min.
    RANGE,
    /// Where the minimum is: row of the first one / (T - 1), 0 at the beginning to 1 at the end; 0 for a single
    /// row.
    MIN_POSITION,
    /// The same of the maximum.
    MAX_POSITION,
    /// a of the line: its value at the beginning.
    OFFSET,
    /// b of the line, per second; 0 for a single row.
    SLOPE,
    /// Mean of the squared distances from the line.
    LINE_ERROR,
    /// Quantile of 1/4: sorted values, linearly interpolated at (T - 1) / 4.
    QUARTILE_1,
    /// The same of 1/2.
    MEDIAN,
    /// The same of 3/4.
    QUARTILE_3;

    /// What is appended to a column's name.
    public String suffix() {
        return "_" + name().toLowerCase(Locale.ROOT).replace("_", "");
    }
}
