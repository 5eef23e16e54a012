package dev.parallax.audio.variation;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.random.RandomStream;

/// Music behind a recording, for training: a radio, a film. It is synthesised, so that no recordings of music are
/// needed: broken triads of a key, each tone plucked, over a beat of noise.
///
/// ```
/// A tone of frequency f that is struck at time 0 is Σ_k sin(2 pi k f t) exp(-(1 + k) t) / k, k = 1..6, below half of
/// the sample rate. High harmonics are weaker and decay sooner, as those of a string do. The tones of a triad, in any
/// order, are struck a quarter of a beat apart. On each beat comes a burst of noise that falls as exp(-30 t). Tempo,
/// key, mode and the order of the triads on the degrees I, IV, V and VI are drawn.
/// ```
///
/// @param probability that a recording gets it, 0 to 1
/// @param minSnrDb    lowest ratio of the recording's power to the music's, both over the whole [dB]
/// @param maxSnrDb    highest one; drawn uniformly between
public record AddedMusic(double probability, double minSnrDb, double maxSnrDb) {

    /// Never.
    public static final AddedMusic NONE = new AddedMusic(0, 5, 25);

    private static final int[] MAJOR = {0, 2, 4, 5, 7, 9, 11}; // semitones of the seven degrees
    private static final int[] MINOR = {0, 2, 3, 5, 7, 8, 10};
    private static final int HARMONICS = 6;
    private static final int BEATS_PER_TRIAD = 4;
    private static final int TONES_PER_BEAT = 4;
    private static final double TONE_SECONDS = 1.5;

    public AddedMusic {
        StepProbability.check("music", probability);
        if (!(minSnrDb <= maxSnrDb && minSnrDb >= -100 && maxSnrDb <= 100)) {
            throw new BadInputException("augmentation: music.minSnrDb " + minSnrDb + " and music.maxSnrDb " + maxSnrDb
                    + " must be -100 <= min <= max <= 100");
        }
    }

    /// Adds music: y = x + g m with g such that Σ x² / Σ (g m)² = 10^(snrDb / 10) exactly. Silence stays silence.
    ///
    /// @param audio  not modified
    /// @param random drawn from for every tone and beat
    public static Audio add(Audio audio, double snrDb, RandomStream random) {
        return AddedNoise.mix(audio, samples(audio.samples().length, audio.sampleRate(), random), snrDb);
    }

    /// Music of any level.
    static double[] samples(int length, int sampleRate, RandomStream random) {
        double beat = 60 / random.uniform(70, 150);
        double key = 110 * Math.pow(2, random.nextInt(12) / 12.0);
        int[] scale = random.nextInt(2) == 0 ? MAJOR : MINOR;
        int[] triads = {0, 3, 4, 5};
        random.shuffle(triads);
        double step = beat / TONES_PER_BEAT;
        double skipped = random.uniform(0, BEATS_PER_TRIAD * beat); // the music does not begin with the recording
        double[] music = new double[length];
        for (int i = 0; i * step - skipped < (double) length / sampleRate; i++) {
            int triad = triads[i / (BEATS_PER_TRIAD * TONES_PER_BEAT) % triads.length];
            int degree = triad + 2 * random.nextInt(3);
            int octave = degree / scale.length + random.nextInt(2);
            double hz = key * Math.pow(2, octave + scale[degree % scale.length] / 12.0);
            int start = (int) Math.round((i * step - skipped) * sampleRate);
            strike(hz, start, sampleRate, music);
            if (i % TONES_PER_BEAT == 0) {
                beat(start, sampleRate, random, music);
            }
        }
        return music;
    }

    private static void strike(double hz, int start, int sampleRate, double[] music) {
        int end = (int) Math.min(music.length, start + TONE_SECONDS * sampleRate);
        for (int k = 1; k <= HARMONICS && k * hz < sampleRate / 2.0; k++) {
            for (int i = Math.max(0, start); i < end; i++) {
                double t = (double) (i - start) / sampleRate;
                music[i] += Math.sin(2 * Math.PI * k * hz * t) * Math.exp(-(1 + k) * t) / k;
            }
        }
    }

    private static void beat(int start, int sampleRate, RandomStream random, double[] music) {
        for (int i = 0; i < sampleRate / 5; i++) {
            double value = 0.5 * random.nextGaussian() * Math.exp(-30.0 * i / sampleRate);
            if (start + i >= 0 && start + i < music.length) {
                music[start + i] += value;
            }
        }
    }
}
