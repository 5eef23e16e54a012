package dev.parallax.audio.variation;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.random.RandomStream;

/// Noise put on a recording for training: rooms, fans, streets.
///
/// @param probability that a recording gets it, 0 to 1
/// @param color       which noise
/// @param minSnrDb    lowest ratio of the recording's power to the noise's, both over the whole [dB]
/// @param maxSnrDb    highest one; drawn uniformly between
public record AddedNoise(double probability, Color color, double minSnrDb, double maxSnrDb) {

    /// How the power of noise lies over frequency.
    public enum Color {
        /// Equal power per Hz: Gaussian samples.
        WHITE,
        /// Equal power per octave from 20 Hz on, below it equal power per Hz; within 1 dB up to 0.4 of the
        /// sample rate.
        PINK
    }

    /// Never.
    public static final AddedNoise NONE = new AddedNoise(0, Color.PINK, 10, 30);

    private static final double PINK_FROM_HZ = 20;

    public AddedNoise {
        StepProbability.check("noise", probability);
        if (!(minSnrDb <= maxSnrDb && minSnrDb >= -100 && maxSnrDb <= 100)) {
            throw new BadInputException("augmentation: noise.minSnrDb " + minSnrDb + " and noise.maxSnrDb " + maxSnrDb
                    + " must be -100 <= min <= max <= 100");
        }
    }

    /// Adds noise: y = x + g n with g such that Σ x² / Σ (g n)² = 10^(snrDb / 10) exactly. Silence stays silence.
    ///
    /// @param audio  not modified
    /// @param random drawn from for every sample
    public static Audio add(Audio audio, Color color, double snrDb, RandomStream random) {
        return mix(audio, samples(color, audio.samples().length, audio.sampleRate(), random), snrDb);
    }

    /// The sum of a recording and of something else at an exact ratio of their powers.
    ///
    /// @param audio not modified
    /// @param other as many samples
    static Audio mix(Audio audio, double[] other, double snrDb) {
        float[] x = audio.samples();
        double signalPower = 0;
        double otherPower = 0;
        for (int i = 0; i < x.length; i++) {
            signalPower += (double) x[i] * x[i];
            otherPower += other[i] * other[i];
        }
        double gain = otherPower == 0 ? 0 : Math.sqrt(signalPower / otherPower / Math.pow(10, snrDb / 10));
        float[] out = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = (float) (x[i] + gain * other[i]);
        }
        return new Audio(out, audio.sampleRate());
    }

    /// Noise of about the power of its Gaussian samples.
    static double[] samples(Color color, int length, int sampleRate, RandomStream random) {
        double[] noise = new double[length];
        for (int i = 0; i < length; i++) {
            noise[i] = random.nextGaussian();
        }
        if (color == Color.PINK) {
            makePinkInPlace(noise, sampleRate);
        }
        return noise;
    }

    /// Filters white noise by a chain of sections y = x - b x' + a y', each with a pole at f and a zero at √2 f.
    /// The poles lie at 20 Hz and in steps of an octave from there. Power falls by 6 dB per octave above a pole and
    /// is level above a zero: 3 dB per octave on the whole. a = exp(-2π f / rate), b = exp(-2π √2 f / rate).
    private static void makePinkInPlace(double[] noise, int sampleRate) {
        for (double f = PINK_FROM_HZ; f < sampleRate / 2.0; f *= 2) {
            double a = Math.exp(-2 * Math.PI * f / sampleRate);
            double b = Math.exp(-2 * Math.PI * Math.sqrt(2) * f / sampleRate);
            double before = 0;
            double y = 0;
            for (int i = 0; i < noise.length; i++) {
                double x = noise[i];
                y = x - b * before + a * y;
                before = x;
                noise[i] = y;
            }
        }
    }
}
