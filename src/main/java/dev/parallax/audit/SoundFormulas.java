package dev.parallax.audit;

import dev.parallax.audio.Framing;
import dev.parallax.audio.Spectrum;
import dev.parallax.audio.features.Cmvn;
import dev.parallax.audio.features.Compression;
import dev.parallax.audio.features.Deltas;
import dev.parallax.audio.features.FeatureConfig;
import dev.parallax.audio.features.Functional;
import dev.parallax.audio.features.MelBands;
import dev.parallax.audio.features.PreEmphasis;
import java.util.Arrays;

/// The formulas of the features' stages in plain double loops, as a textbook has them: a Fourier transform that is a
/// double sum, each window of frames summed anew. The stages themselves are written for speed
/// ([dev.parallax.audio.features.FeatureExtractor]); what is shared is the settings, and where frames lie.
final class SoundFormulas {

    private final FeatureConfig config;
    private final double[] cosines; // of a whole period, nFft steps
    private final double[] sines;

    SoundFormulas(FeatureConfig config) {
        this.config = config;
        int length = config.spectrum().nFft();
        this.cosines = new double[length];
        this.sines = new double[length];
        for (int i = 0; i < length; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / length);
            sines[i] = Math.sin(2 * Math.PI * i / length);
        }
    }

    /// Compressed spectra or mel bands of a signal.
    double[] bands(double[] x) {
        int frames = config.framing().frames(x.length);
        boolean isSpectrum = config.output() == FeatureConfig.Output.SPECTRUM;
        double[][] triangles = isSpectrum ? new double[0][] : triangles();
        int size = config.output() == FeatureConfig.Output.NONE
                ? 0
                : isSpectrum ? config.spectrum().bins() : triangles.length;
        double[] out = new double[frames * size];
        for (int t = 0; size > 0 && t < frames; t++) {
            double[] spectrum = spectrum(tapered(x, t));
            for (int b = 0; b < size; b++) {
                double energy = isSpectrum ? spectrum[b] : dot(triangles[b], spectrum);
                out[t * size + b] = compressed(energy);
            }
        }
        return out;
    }

    /// The logarithm of each frame's energy; zero where the settings have none.
    double[] energies(double[] x) {
        int frames = config.framing().frames(x.length);
        double[] out = new double[frames];
        for (int t = 0; t < frames; t++) {
            double energy = switch (config.energy()) {
                case NONE -> Double.NaN;
                case COLUMN, FIRST_RAW -> squares(withoutDc(frame(x, t, 0)));
                case FIRST_SPECTRUM -> Arrays.stream(spectrum(tapered(x, t))).sum();
            };
            out[t] = Double.isNaN(energy)
                    ? 0
                    : Math.log(Math.max(energy, config.compression().floor()));
        }
        return out;
    }

    private double compressed(double energy) {
        double floor = config.compression().floor();
        return switch (config.compression().scale()) {
            case LINEAR -> energy;
            case LN -> Math.log(Math.max(energy, floor));
            case LN_PLUS -> Math.log(energy + floor);
            case DB -> 10 * Math.log10(Math.max(energy, floor));
        };
    }

    private double[] tapered(double[] x, int t) {
        PreEmphasis emphasis = config.preEmphasis();
        boolean ofSignal = emphasis.scope() == PreEmphasis.Scope.SIGNAL;
        double[] frame = withoutDc(frame(x, t, ofSignal ? emphasis.coefficient() : 0));
        double[] window = config.window().weights(frame.length);
        double[] out = new double[frame.length];
        for (int i = 0; i < out.length; i++) {
            double before = frame[Math.max(0, i - 1)];
            double lifted = ofSignal ? frame[i] : frame[i] - emphasis.coefficient() * before;
            out[i] = window[i] * lifted;
        }
        return out;
    }

    private double[] frame(double[] x, int t, double coefficient) {
        Framing framing = config.framing();
        double[] out = new double[framing.frameLength()];
        for (int i = 0; i < out.length; i++) {
            int at = place(framing, t, i, x.length);
            if (at >= 0) {
                double before = at == 0 ? 0 : x[at - 1];
                out[i] = config.sampleScale() * (x[at] - coefficient * before);
            }
        }
        return out;
    }

    /// Where sample i of frame t lies in a signal of some samples; -1 for a zero outside.
    static int place(Framing framing, int t, int i, int samples) {
        long at = framing.start(t) + i;
        while (framing.edges() == Framing.Edges.MIRRORED && (at < 0 || at >= samples)) {
            at = at < 0 ? -at - 1 : 2L * samples - 1 - at;
        }
        return at < 0 || at >= samples ? -1 : (int) at;
    }

    private double[] withoutDc(double[] frame) {
        double mean = config.removeDc() ? Arrays.stream(frame).sum() / frame.length : 0;
        return Arrays.stream(frame).map(value -> value - mean).toArray();
    }

    private static double squares(double[] x) {
        return dot(x, x);
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /// X[k] = Σ_i x[i] exp(-2π j k i / nFft), and what is taken of it.
    private double[] spectrum(double[] frame) {
        int length = config.spectrum().nFft();
        double[] out = new double[config.spectrum().bins()];
        for (int k = 0; k < out.length; k++) {
            double re = 0;
            double im = 0;
            for (int i = 0; i < frame.length; i++) {
                int angle = (int) ((long) k * i % length);
                re += frame[i] * cosines[angle];
                im -= frame[i] * sines[angle];
            }
            double power = re * re + im * im;
            Spectrum.Kind kind = config.spectrum().kind();
            out[k] = switch (kind) {
                case POWER -> power;
                case MAGNITUDE -> Math.sqrt(power);
                case PERIODOGRAM -> power / length;
            };
        }
        return out;
    }

    /// The weight of each bin in each mel band.
    private double[][] triangles() {
        MelBands mel = config.mel();
        double low = mel.scale().mel(mel.fMin());
        double step = (mel.scale().mel(mel.fMax()) - low) / (mel.count() + 1);
        double[][] all = new double[mel.count()][config.spectrum().bins()];
        for (int b = 0; b < all.length; b++) {
            double left = mel.scale().hz(low + b * step);
            double centre = mel.scale().hz(low + (b + 1) * step);
            double right = mel.scale().hz(low + (b + 2) * step);
            for (int k = 0; k < all[b].length; k++) {
                double at = mel.shape() == MelBands.Shape.WHOLE_BINS ? k : place(hz(k));
                double rise = (at - place(left)) / (place(centre) - place(left));
                double fall = (place(right) - at) / (place(right) - place(centre));
                boolean outside = at < place(left) || at >= place(right);
                double height = outside ? 0 : at < place(centre) ? rise : fall;
                all[b][k] = mel.areaNorm() ? 2 * height / (right - left) : height;
            }
        }
        return all;
    }

    private double hz(int bin) {
        return (double) bin * config.sampleRate() / config.spectrum().nFft();
    }

    private double place(double hz) {
        return switch (config.mel().shape()) {
            case LINEAR_IN_HZ -> hz;
            case LINEAR_IN_MEL -> config.mel().scale().mel(hz);
            case WHOLE_BINS -> Math.floor((config.spectrum().nFft() + 1) * hz / config.sampleRate());
        };
    }

    /// Values not more than the range below the largest one.
    double[] limited(double[] bands) {
        Compression compression = config.compression();
        double lowest = compression.rangeDb() == 0
                ? Double.NEGATIVE_INFINITY
                : Arrays.stream(bands).max().orElse(0) - compression.rangeDb();
        return Arrays.stream(bands).map(value -> Math.max(value, lowest)).toArray();
    }

    /// The DCT of each row of bands, or the bands where there is none.
    double[] cepstra(double[] bands) {
        if (config.output() != FeatureConfig.Output.MFCC) {
            return bands;
        }
        int in = config.mel().count();
        int count = config.cepstra().count();
        double[] out = new double[bands.length / in * count];
        for (int t = 0; t < bands.length / in; t++) {
            for (int c = 0; c < count; c++) {
                int n = config.cepstra().first() + c;
                double sum = 0;
                for (int b = 0; b < in; b++) {
                    sum += bands[t * in + b] * Math.cos(Math.PI * n * (b + 0.5) / in);
                }
                double scale = Math.sqrt((n == 0 ? 1.0 : 2.0) / in);
                out[t * count + c] = config.cepstra().lifterWeight(n) * scale * sum;
            }
        }
        return out;
    }

    /// The columns of a frame: cepstra or bands, energy, and what stands behind them.
    ///
    /// @param in rows of cepstra or bands, energies, and any columns more
    double[] frames(double[]... in) {
        double[] energies = in[1];
        int rows = energies.length;
        int size = config.frameSize();
        boolean isColumn = config.energy() == FeatureConfig.Energy.COLUMN;
        boolean replaces = config.energy() != FeatureConfig.Energy.NONE && !isColumn;
        int own = in[0].length / rows;
        int left = isColumn ? own + 1 : own;
        double[] out = new double[rows * size];
        for (int t = 0; t < rows; t++) {
            for (int i = 0; i < own; i++) {
                out[t * size + i] = replaces && i == 0 ? energies[t] : in[0][t * own + i];
            }
            if (isColumn) {
                out[t * size + own] = energies[t];
            }
            for (int i = 2; i < in.length; i++) {
                out[t * size + left + i - 2] = in[i][t];
            }
        }
        return out;
    }

    /// A moving average.
    double[] smoothed(double[] x) {
        int size = config.frameSize();
        int half = config.smoothing().width() / 2;
        return mapped(x, size, (t, column, rows) -> {
            double sum = 0;
            for (int k = -half; k <= half; k++) {
                sum += x[Math.clamp(t + k, 0, rows - 1) * size + column];
            }
            return sum / (2 * half + 1);
        });
    }

    /// Slopes, and second derivatives, beside the columns.
    double[] deltas(double[] x) {
        int size = config.frameSize();
        int order = config.deltas().order();
        boolean isRegression = config.deltas().method() == Deltas.Method.REGRESSION;
        double[][] parts = new double[order + 1][];
        parts[0] = x;
        for (int i = 1; i <= order; i++) {
            parts[i] = isRegression ? fitted(parts[i - 1], size, 1) : fitted(x, size, i);
        }
        double[] out = new double[x.length * (order + 1)];
        for (int t = 0; t < x.length / size; t++) {
            for (int i = 0; i < size * (order + 1); i++) {
                out[t * size * (order + 1) + i] = parts[i / size][t * size + i % size];
            }
        }
        return out;
    }

    /// The slope of the best line, or the second derivative of the best parabola, through the frames around each.
    private double[] fitted(double[] x, int size, int degree) {
        boolean isRegression = config.deltas().method() == Deltas.Method.REGRESSION;
        return mapped(x, size, (t, column, rows) -> {
            int half = config.deltas().width() / 2;
            half = isRegression ? half : Math.min(half, (rows - 1) / 2);
            int centre = isRegression ? t : Math.clamp(t, half, rows - 1 - half);
            double mean = half * (half + 1.0) / 3; // of k²
            double sum = 0;
            double norm = 0;
            for (int k = -half; k <= half; k++) {
                double basis = degree == 1 ? k : k * k - mean;
                sum += basis * x[Math.clamp(centre + k, 0, rows - 1) * size + column];
                norm += basis * basis;
            }
            return norm == 0 ? 0 : degree * sum / norm;
        });
    }

    /// Without the mean over time, or over a window of it, and with deviation 1 where that is asked for.
    double[] normalised(double[] x) {
        Cmvn cmvn = config.cmvn();
        if (cmvn.kind() == Cmvn.Kind.NONE) {
            return x;
        }
        int size = config.frameSize() * (1 + config.deltas().order());
        return mapped(x, size, (t, column, rows) -> {
            int length = cmvn.kind() == Cmvn.Kind.SLIDING ? Math.min(cmvn.window(), rows) : rows;
            int begin = Math.clamp(t - cmvn.window() / 2, 0, rows - length);
            double mean = 0;
            for (int k = begin; k < begin + length; k++) {
                mean += x[k * size + column] / length;
            }
            double variance = 0;
            for (int k = begin; k < begin + length; k++) {
                variance += Math.pow(x[k * size + column] - mean, 2) / length;
            }
            boolean scales = cmvn.kind() == Cmvn.Kind.UTTERANCE_MEAN_VARIANCE;
            double deviation = scales ? Math.max(Math.sqrt(variance), cmvn.minDeviation()) : 1;
            return (x[t * size + column] - mean) / deviation;
        });
    }

    /// Frames side by side, the last one repeated.
    double[] stacked(double[] x) {
        int size = config.frameSize() * (1 + config.deltas().order());
        int frames = x.length / size;
        int rows = Math.ceilDiv(frames, config.stack());
        double[] out = new double[rows * config.stack() * size];
        for (int t = 0; t < rows * config.stack(); t++) {
            System.arraycopy(x, Math.min(t, frames - 1) * size, out, t * size, size);
        }
        return out;
    }

    /// One row of the whole recording.
    ///
    /// @param columns of the rows of `x`
    double[] functionals(double[] x, int columns) {
        int rows = x.length / columns;
        Functional[] members = config.functionals().members().toArray(new Functional[0]);
        double[] out = new double[columns * members.length];
        for (int column = 0; column < columns; column++) {
            double[] values = new double[rows];
            for (int t = 0; t < rows; t++) {
                values[t] = x[t * columns + column];
            }
            for (int i = 0; i < members.length; i++) {
                out[column * members.length + i] = new ColumnFormulas(values, config.rowSeconds()).of(members[i]);
            }
        }
        return out;
    }

    private interface Cell {
        double at(int row, int column, int rows);
    }

    private static double[] mapped(double[] x, int columns, Cell cell) {
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = cell.at(i / columns, i % columns, x.length / columns);
        }
        return out;
    }
}
