package dev.parallax.pretrained.encoder;

import dev.parallax.audio.FourierTransform;
import dev.parallax.audio.Spectrum;
import dev.parallax.audio.WindowFunction;
import dev.parallax.audio.features.MelBands;
import dev.parallax.audio.features.MelFilterbank;
import java.util.Arrays;

/// The log-mel spectrogram that Whisper reads, of a recording that is filled up with zeros to a fixed length:
/// frames of 400 samples every 160, centred, the signal mirrored at its ends, periodic Hann window, power, mel bands
/// (Slaney) from 0 to 8000 Hz;
///
///     y = log10(max(x, 1e-10)),  out = (max(y, largest y of all - 8) + 4) / 4
///
/// Source: Radford et al., "Robust Speech Recognition via Large-Scale Weak Supervision", 2022.
final class WhisperFeatures {

    static final int HOP = 160;

    private static final int FRAME = 400;
    private static final double SMALLEST = 1e-10;
    private static final double RANGE = 8; // tenfold steps of power below the largest

    private final Spectrum spectrum = new Spectrum(FRAME, Spectrum.Kind.POWER);
    private final FourierTransform transform = spectrum.transform();
    private final double[] window = WindowFunction.HANN_PERIODIC.weights(FRAME);
    private final MelFilterbank bands;
    private final int samples;

    /// @param count   mel bands
    /// @param samples of the recording once it is filled up, a multiple of [#HOP]
    WhisperFeatures(int count, int samples) {
        MelBands settings = new MelBands(
                count, 0, SpeechEncoder.RATE / 2.0, MelBands.Scale.SLANEY, MelBands.Shape.LINEAR_IN_HZ, true);
        this.bands = new MelFilterbank(settings, FRAME, SpeechEncoder.RATE);
        this.samples = samples;
    }

    /// @param recording at most as many samples as the filled-up recording has
    /// @return [samples / HOP, bands], frame after frame
    float[] of(float[] recording) {
        float[] filled = Arrays.copyOf(recording, samples);
        int frames = samples / HOP;
        double[] logs = new double[frames * bands.count()];
        double[] frame = new double[FRAME];
        double[] power = new double[spectrum.bins()];
        double[] sums = new double[bands.count()];
        double largest = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < FRAME; i++) {
                frame[i] = window[i] * filled[mirrored(t * HOP + i - FRAME / 2)];
            }
            spectrum.of(transform, frame, power);
            bands.apply(power, sums);
            for (int b = 0; b < sums.length; b++) {
                double log = Math.log10(Math.max(sums[b], SMALLEST));
                logs[t * sums.length + b] = log;
                largest = Math.max(largest, log);
            }
        }
        float[] features = new float[logs.length];
        for (int i = 0; i < logs.length; i++) {
            features[i] = (float) ((Math.max(logs[i], largest - RANGE) + 4) / 4);
        }
        return features;
    }

    /// A place in the signal: beyond an end it goes back from there, the sample at the end is not repeated.
    private int mirrored(int place) {
        int inside = Math.abs(place);
        return inside < samples ? inside : 2 * (samples - 1) - inside;
    }
}
