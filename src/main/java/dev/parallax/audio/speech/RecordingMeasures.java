package dev.parallax.audio.speech;

import dev.parallax.audio.Audio;
import dev.parallax.audio.FrameSpectra;
import dev.parallax.audio.SampleStatistics;
import dev.parallax.audio.Spectrum;
import dev.parallax.audio.WindowFunction;
import java.util.Arrays;

/// What can be measured of a recording without knowing what is said in it: how long, how loud, how clean it is. A
/// model keeps the ranges of its training part, so that it can say what lies outside.
///
/// @param seconds        duration [s]
/// @param speechSeconds  of it with speech, as far as energy shows ([VoiceActivity]) [s]
/// @param activeLevelDb  active speech level ([ActiveLevel]) [dB, full scale square wave = 0]; -200 for silence
/// @param peak           the largest magnitude; full scale is 1
/// @param fullScaleShare share of the samples at full scale or beyond, in [0, 1]
/// @param offset         magnitude of the mean; full scale is 1
/// @param bandwidthHz    the highest frequency at which the mean spectrum of the loud moments lies less than 70 dB
///                       below its maximum: where a telephone or an encoder cuts [Hz]
/// @param snrDb          how far the speech lies above the quietest tenth of the recording [dB], 0 to 80: an estimate
///                       of the ratio of signal and noise
public record RecordingMeasures(
        double seconds,
        double speechSeconds,
        double activeLevelDb,
        double peak,
        double fullScaleShare,
        double offset,
        double bandwidthHz,
        double snrDb) {

    /// Louder recordings are not scaled: floating point may go beyond full scale, but not that far (+18 dB).
    public static final double UNSCALED_PEAK = 8;

    /// A recording with a larger share of samples at full scale than this is clipped. Speech that was only scaled
    /// until its loudest sample is full scale stays far below: EMO-DB's largest share is 0.0001.
    public static final double CLIPPED_SHARE = 0.002;

    private static final double FAINTEST_DB = 30; // so far below the loudest window may one lie

    /// A syllable [s]. More than [SpeechNormalization] needs, which only has to leave a few frames: noise that
    /// swells, as brown noise does for 0.14 s, must not pass for speech here.
    private static final double LEAST_SPEECH = 0.15;

    private static final double HIGHEST_SNR_DB = 80;
    private static final double BANDWIDTH_RATIO = 1e-7; // -70 dB: above the noise of 16 bits, below that of voices
    private static final double QUIETEST_SHARE = 0.1;
    private static final int N_FFT = 512;
    private static final double[] WINDOW =
            WindowFunction.HANN_PERIODIC.weights(N_FFT); // these two are made once, only read
    private static final FrameSpectra SPECTRA = new Spectrum(N_FFT, Spectrum.Kind.POWER).ofFrames();
    private static final int MOST_FRAMES = 64;

    /// Measures a recording or a window of one.
    ///
    /// @param audio not modified; may be empty
    public static RecordingMeasures of(Audio audio) {
        BlockPowers blocks = BlockPowers.of(audio);
        double[] levels = blocks.levelsDb();
        double active = ActiveLevel.ofDb(levels);
        SampleStatistics samples = SampleStatistics.of(audio.samples());
        int speech = 0;
        for (boolean block : SpeechNormalization.ACTIVITY.of(blocks, levels, active)) {
            speech += block ? 1 : 0;
        }
        return new RecordingMeasures(
                audio.seconds(),
                Math.min(audio.seconds(), (double) speech / BlockPowers.PER_SECOND),
                active,
                samples.peak(),
                samples.fullScaleShare(),
                Math.abs(samples.mean()),
                bandwidth(audio, blocks, levels, active),
                Math.clamp(active - quietest(levels), 0, HIGHEST_SNR_DB));
    }

    /// The mean power of the quietest blocks [dB].
    private static double quietest(double[] levels) {
        double[] rising = levels.clone();
        Arrays.sort(rising);
        int count = Math.max(1, (int) (QUIETEST_SHARE * rising.length));
        double sum = 0;
        for (int i = 0; i < Math.min(count, rising.length); i++) {
            sum += Math.pow(10, rising[i] / 10);
        }
        return 10 * Math.log10(Math.max(sum / count, 1e-20));
    }

    /// The bandwidth, from at most [#MOST_FRAMES] frames that are spread evenly over the active blocks.
    private static double bandwidth(Audio audio, BlockPowers blocks, double[] levels, double active) {
        int[] loud = new int[levels.length];
        int count = 0;
        for (int b = 0; b < levels.length; b++) {
            if (levels[b] > active - ActiveLevel.MARGIN_DB && blocks.start(b) + N_FFT <= audio.samples().length) {
                loud[count++] = b;
            }
        }
        double[] power = new double[N_FFT / 2 + 1];
        double[] frame = new double[N_FFT];
        double[] spectrum = new double[power.length];
        FrameSpectra.Frames together = SPECTRA.frames();
        int frames = Math.min(count, MOST_FRAMES);
        for (int first = 0; first < frames; first += FrameSpectra.MOST) {
            int next = Math.min(frames, first + FrameSpectra.MOST);
            for (int i = first; i < next; i++) {
                copy(audio.samples(), (int) blocks.start(loud[(int) ((long) i * count / frames)]), frame);
                together.set(i - first, frame);
            }
            together.transform();
            for (int i = first; i < next; i++) {
                together.get(i - first, spectrum);
                for (int k = 0; k < power.length; k++) {
                    power[k] += spectrum[k];
                }
            }
        }
        double largest = Arrays.stream(power).max().orElse(0);
        int highest = power.length - 1;
        while (highest > 0 && power[highest] <= largest * BANDWIDTH_RATIO) {
            highest--;
        }
        return (double) highest * audio.sampleRate() / N_FFT;
    }

    /// A frame less its mean, windowed.
    private static void copy(float[] x, int from, double[] frame) {
        double sum0 = 0; // four sums: one alone would wait for each of its additions
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        for (int i = from; i < from + N_FFT; i += 4) {
            sum0 += x[i];
            sum1 += x[i + 1];
            sum2 += x[i + 2];
            sum3 += x[i + 3];
        }
        double mean = (sum0 + sum1 + (sum2 + sum3)) / N_FFT;
        for (int i = 0; i < N_FFT; i++) {
            frame[i] = WINDOW[i] * (x[from + i] - mean);
        }
    }

    /// Which windows of a long recording are used: those with speech that is not far fainter than in the loudest.
    /// Where nobody speaks in any, all are.
    public static boolean[] withSpeech(RecordingMeasures... windows) {
        double loudest = Arrays.stream(windows)
                .filter(RecordingMeasures::hasSpeech)
                .mapToDouble(RecordingMeasures::activeLevelDb)
                .max()
                .orElse(Double.NaN);
        boolean[] counts = new boolean[windows.length];
        for (int i = 0; i < windows.length; i++) {
            counts[i] = Double.isNaN(loudest)
                    || (windows[i].hasSpeech() && windows[i].activeLevelDb >= loudest - FAINTEST_DB);
        }
        return counts;
    }

    /// Whether there is more speech than a click.
    public boolean hasSpeech() {
        return speechSeconds >= LEAST_SPEECH;
    }
}
