package dev.parallax.audio.features;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.FrameSpectra;
import dev.parallax.audio.ParallelLoop;
import dev.parallax.audio.Resampler;
import dev.parallax.audio.features.StageListener.Stage;
import dev.parallax.audio.pitch.PitchTracker;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// From sound to features, as a [FeatureConfig] says: normalisation of speech, frames, window, spectrum, mel bands,
/// logarithm, DCT, prosody, smoothing, deltas, normalisation, stacking, functionals, in this order. Its tables are
/// made once; an instance may be shared by threads, each call works in arrays of its own.
public final class FeatureExtractor implements FeatureKind {

    private final FeatureConfig config;
    private final List<String> columns;
    private final double[] window;
    private final FrameSpectra spectra;
    private final MelFilterbank filterbank;
    private final Dct dct;
    private final @Nullable PitchTracker pitch;

    public FeatureExtractor(FeatureConfig config) {
        this.config = config;
        this.columns = config.utteranceLevel()
                ? config.edit().functionals(Functionals.NONE).build().columns()
                : config.columns();
        this.window = config.window().weights(config.framing().frameLength());
        this.spectra = config.spectrum().ofFrames();
        this.filterbank = new MelFilterbank(config.mel(), config.spectrum().nFft(), config.sampleRate());
        this.dct = new Dct(config.cepstra(), config.mel().count());
        this.pitch = config.prosody().needsPitch()
                ? new PitchTracker(config.prosody().pitch(), config.sampleRate())
                : null;
    }

    /// The settings.
    public FeatureConfig config() {
        return config;
    }

    @Override
    public String digest() {
        return config.digest();
    }

    @Override
    public List<String> columns() {
        return config.columns();
    }

    @Override
    public int groups() {
        return config.groups();
    }

    @Override
    public boolean isHalfPrecision() {
        return false;
    }

    /// Its features where they are functionals, else their [Functionals#STATISTICS].
    @Override
    public float[] row(Features features) {
        return config.utteranceLevel()
                ? features.values()
                : Functionals.STATISTICS.of(features, config.rowSeconds()).values();
    }

    @Override
    public float[] statistics(Features features) {
        return config.statistics(features);
    }

    /// As [#extract(Audio, Consumer)], but without a warning about missing high frequencies.
    public Features extract(Audio audio) {
        return extract(audio, warning -> {});
    }

    /// Takes the features of a whole recording.
    ///
    /// @param audio    at any rate: it is resampled to that of the settings; shorter than a frame: it is padded
    /// @param warnings receives a line when the recording's rate is too low to hold all frequencies that the
    ///                 features depend on
    /// @return [frames, size], at least one frame, all finite
    /// @throws BadInputException when there are no samples
    public Features extract(Audio audio, Consumer<String> warnings) {
        return extract(audio, warnings, 1);
    }

    /// The same on several threads, for one recording as soon as possible. With many recordings, each thread should
    /// take whole ones.
    ///
    /// @param threads at most, the calling one among them; the result does not depend on how many
    @Override
    public Features extract(Audio audio, Consumer<String> warnings, int threads) {
        return extract(audio, warnings, threads, StageListener.NONE);
    }

    /// The same, with a listener that is told what each stage makes.
    public Features extract(Audio audio, Consumer<String> warnings, int threads, StageListener listener) {
        if (audio.samples().length == 0) {
            throw new BadInputException("features: the recording holds no samples; record it again");
        }
        warnOfLowRate(audio.sampleRate(), warnings);
        Audio resampled = atConfigRate(audio, threads);
        if (resampled != audio) {
            listener.made(Stage.RESAMPLED, resampled.samples(), resampled.samples().length);
        }
        float[] x = config.speech().apply(resampled).samples();
        listener.made(Stage.SPEECH, x, x.length);
        int frames = config.framing().frames(x.length);
        checkSize(frames);
        float[] energies = new float[frames];
        float[] bands = bands(x, frames, energies, threads);
        listener.made(Stage.BANDS, bands, frames);
        listener.made(Stage.ENERGIES, energies, frames);
        config.compression().limitRangeInPlace(bands);
        listener.made(Stage.LIMITED, bands, frames);
        float[] base = config.output() == FeatureConfig.Output.MFCC ? dct.apply(bands, frames, threads) : bands;
        listener.made(Stage.CEPSTRA, base, frames);
        base = withProsody(withEnergy(base, frames, energies), frames, x, threads, listener);
        listener.made(Stage.FRAMES, base, frames);
        base = config.smoothing().apply(base, frames, config.frameSize());
        listener.made(Stage.SMOOTHED, base, frames);
        float[] values = config.deltas().append(base, frames, config.frameSize());
        listener.made(Stage.DELTAS, values, frames);
        int size = config.frameSize() * (1 + config.deltas().order());
        config.cmvn().applyInPlace(values, frames, size);
        listener.made(Stage.NORMALISED, values, frames);
        Features features = stacked(values, frames, size);
        listener.made(Stage.STACKED, features.values(), features.frames());
        if (!config.utteranceLevel()) {
            return features;
        }
        Features row = config.functionals().of(features, config.rowSeconds(), threads);
        listener.made(Stage.FUNCTIONALS, row.values(), 1);
        return row;
    }

    private Audio atConfigRate(Audio audio, int threads) {
        int rate = audio.sampleRate();
        if (rate == config.sampleRate()) {
            return audio;
        }
        float[] resampled = Resampler.of(rate, config.sampleRate()).resample(audio.samples(), threads);
        return new Audio(resampled, config.sampleRate());
    }

    private void warnOfLowRate(int rate, Consumer<String> warnings) {
        if (rate / 2.0 < config.highestHz()) {
            warnings.accept(String.format(
                    Locale.ROOT,
                    "%d Hz recording: it has nothing above %d Hz, and the features reach up to %.0f Hz; give a recording of"
                            + " a higher rate, if there is one",
                    rate,
                    rate / 2,
                    config.highestHz()));
        }
    }

    private void checkSize(int frames) {
        long widest = Math.max(
                config.size(), Math.max(config.mel().count(), config.spectrum().bins()));
        if ((frames + (long) config.stack()) * widest > Integer.MAX_VALUE - 8) {
            throw new BadInputException("features: a recording of " + frames + " frames does not fit into one matrix; "
                    + "use windows of it");
        }
    }

    /// From frames to compressed spectra or mel bands, [frames, bins or bands], and log energies on the way.
    private float[] bands(float[] x, int frames, float[] energies, int threads) {
        int size = config.output() == FeatureConfig.Output.NONE ? 0 : bandCount();
        float[] out = new float[frames * size];
        ParallelLoop.run(frames, ParallelLoop.FRAMES_AT_A_TIME, threads, () -> bandsOf(x, energies, out));
        return out;
    }

    private int bandCount() {
        return config.output() == FeatureConfig.Output.SPECTRUM
                ? config.spectrum().bins()
                : filterbank.count();
    }

    /// Fills the rows of some frames, in arrays that serve all of them.
    private ParallelLoop.Work bandsOf(float[] x, float[] energies, float[] out) {
        double[] frame = new double[config.spectrum().nFft()];
        double[] spectrum = new double[config.spectrum().bins()];
        double[] bands = config.output() == FeatureConfig.Output.SPECTRUM ? spectrum : new double[filterbank.count()];
        FrameSpectra.Frames frames = spectra.frames();
        return (from, to) -> {
            for (int t = from; t < to; t++) {
                energies[t] = rawEnergy(x, t, frame);
            }
            for (int first = from; first < to && config.output() != FeatureConfig.Output.NONE; ) {
                int next = Math.min(to, first + FrameSpectra.MOST);
                for (int t = first; t < next; t++) {
                    prepareFrame(x, t, frame);
                    frames.set(t - first, frame);
                }
                frames.transform();
                for (int t = first; t < next; t++) {
                    frames.get(t - first, spectrum);
                    bandsOf(t, spectrum, bands, energies, out);
                }
                first = next;
            }
        };
    }

    private void bandsOf(int t, double[] spectrum, double[] bands, float[] energies, float[] out) {
        if (config.energy() == FeatureConfig.Energy.FIRST_SPECTRUM) {
            energies[t] = logOf(sum(spectrum, spectrum.length));
        }
        if (config.output() != FeatureConfig.Output.SPECTRUM) {
            filterbank.apply(spectrum, bands);
        }
        for (int i = 0; i < bands.length; i++) {
            out[t * bands.length + i] = (float) config.compression().of(bands[i]);
        }
    }

    /// ln Σ x² of frame `t` before pre-emphasis and window, where the settings ask for it; `frame` is overwritten.
    private float rawEnergy(float[] x, int t, double[] frame) {
        boolean wanted =
                config.energy() == FeatureConfig.Energy.COLUMN || config.energy() == FeatureConfig.Energy.FIRST_RAW;
        if (!wanted) {
            return 0;
        }
        int length = config.framing().frameLength();
        config.framing().copy(x, t, config.sampleScale(), 0, frame);
        removeDc(frame, length);
        return logOf(squares(frame, length));
    }

    /// Σ x², in four independent sums.
    private static double squares(double[] x, int length) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < length; i += 4) {
            a += x[i] * x[i];
            b += x[i + 1] * x[i + 1];
            c += x[i + 2] * x[i + 2];
            d += x[i + 3] * x[i + 3];
        }
        for (; i < length; i++) {
            a += x[i] * x[i];
        }
        return a + b + (c + d);
    }

    private float logOf(double energy) {
        return (float) Math.log(Math.max(energy, config.compression().floor()));
    }

    /// Fills `frame` [nFft] with the tapered, zero-padded frame `t`.
    private void prepareFrame(float[] x, int t, double[] frame) {
        int length = config.framing().frameLength();
        config.framing().copy(x, t, config.sampleScale(), config.preEmphasis().ofSignal(), frame);
        removeDc(frame, length);
        config.preEmphasis().applyToFrame(frame, length);
        for (int i = 0; i < length; i++) {
            frame[i] *= window[i];
        }
        Arrays.fill(frame, length, frame.length, 0);
    }

    private void removeDc(double[] frame, int length) {
        if (config.removeDc()) {
            double mean = sum(frame, length) / length;
            for (int i = 0; i < length; i++) {
                frame[i] -= mean;
            }
        }
    }

    private static double sum(double[] values, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += values[i];
        }
        return sum;
    }

    private float[] withEnergy(float[] base, int frames, float[] energies) {
        int size = config.baseSize();
        return switch (config.energy()) {
            case NONE -> base;
            case FIRST_RAW, FIRST_SPECTRUM -> {
                for (int t = 0; t < frames; t++) {
                    base[t * size] = energies[t];
                }
                yield base;
            }
            case COLUMN -> {
                float[] out = new float[frames * size];
                for (int t = 0; t < frames; t++) {
                    System.arraycopy(base, t * (size - 1), out, t * size, size - 1);
                    out[t * size + size - 1] = energies[t];
                }
                yield out;
            }
        };
    }

    /// Puts the columns of prosody behind the others.
    private float[] withProsody(float[] base, int frames, float[] x, int threads, StageListener listener) {
        List<float[]> prosody = config.prosody().of(x, config.framing(), pitch, threads);
        if (prosody.isEmpty()) {
            return base;
        }
        List<Stage> stages = config.prosody().stages();
        for (int i = 0; i < stages.size(); i++) {
            listener.made(stages.get(i), prosody.get(i), frames);
        }
        int left = config.baseSize();
        int size = config.frameSize();
        float[] out = new float[frames * size];
        for (int t = 0; t < frames; t++) {
            System.arraycopy(base, t * left, out, t * size, left);
            for (int i = left; i < size; i++) {
                out[t * size + i] = prosody.get(i - left)[t];
            }
        }
        return out;
    }

    /// Rows of `stack` frames side by side; the last frame is repeated to fill the last row.
    private Features stacked(float[] values, int frames, int size) {
        int stack = config.stack();
        if (stack == 1) {
            return new Features(values, frames, columns);
        }
        int rows = Math.ceilDiv(frames, stack);
        float[] out = new float[rows * stack * size];
        for (int t = 0; t < rows * stack; t++) {
            System.arraycopy(values, Math.min(t, frames - 1) * size, out, t * size, size);
        }
        return new Features(out, rows, columns);
    }
}
