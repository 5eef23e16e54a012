package dev.parallax.audio.variation;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.random.RandomStream;

/// A recording as heard in a room, for training: the direct sound, and after it a tail of reflections.
///
/// ```
/// The room's impulse response is h(0) = 1 and, from 2.5 ms on, h(t) = g n(t) exp(-3 ln 10 t / RT60), n Gaussian. Its
/// power falls by 60 dB within RT60, the reverberation time. That is the statistical model of Polack [1]. A separate
/// direct sound, so that near voices can be had, is Habets' [2]. g makes the direct-to-reverberant ratio (DRR),
/// 10 log10(h(0)² / Σ_{t > 0} h(t)²), exact.
///
/// The images of a source in a box [3] would give single early reflections too. They need a room, two places in it and
/// absorbing walls, from which RT60 and the ratio follow; here RT60 and the ratio are given. The model leaves out that
/// high frequencies decay sooner than low ones, and single audible echoes.
///
/// [1] J.-D. Polack, La transmission de l'énergie sonore dans les salles, Université du Maine, 1988.
/// [2] E. A. P. Habets, Single- and multi-microphone speech dereverberation using spectral enhancement, 2007.
/// [3] J. B. Allen, D. A. Berkley, Image method for efficiently simulating small-room acoustics, JASA 65, 1979.
/// ```
///
/// @param probability   that a recording gets it, 0 to 1
/// @param minRt60Seconds shortest reverberation time [s]
/// @param maxRt60Seconds longest one; drawn uniformly between
/// @param minDrrDb      lowest direct-to-reverberant ratio [dB]
/// @param maxDrrDb      highest one; drawn uniformly between
public record Reverberation(
        double probability, double minRt60Seconds, double maxRt60Seconds, double minDrrDb, double maxDrrDb) {

    /// Never.
    public static final Reverberation NONE = new Reverberation(0, 0.2, 0.8, 0, 15);

    private static final double FIRST_REFLECTION_SECONDS = 0.0025;

    public Reverberation {
        StepProbability.check("room", probability);
        if (!(minRt60Seconds >= 0.05 && minRt60Seconds <= maxRt60Seconds && maxRt60Seconds <= 5)) {
            throw new BadInputException("augmentation: room.minRt60Seconds " + minRt60Seconds
                    + " and room.maxRt60Seconds " + maxRt60Seconds + " must be 0.05 <= min <= max <= 5");
        }
        if (!(minDrrDb <= maxDrrDb && minDrrDb >= -30 && maxDrrDb <= 60)) {
            throw new BadInputException("augmentation: room.minDrrDb " + minDrrDb + " and room.maxDrrDb " + maxDrrDb
                    + " must be -30 <= min <= max <= 60");
        }
    }

    /// Convolves a recording with the response of a room. The direct sound keeps its level and its time, and the
    /// tail is kept: the result is longer by RT60.
    ///
    /// @param audio  not modified; an empty one stays empty
    /// @param random drawn from for every sample of the response
    public static Audio apply(Audio audio, double rt60Seconds, double drrDb, RandomStream random) {
        if (audio.samples().length == 0) {
            return audio;
        }
        double[] response = response(audio.sampleRate(), rt60Seconds, drrDb, random);
        return new Audio(Convolution.of(audio.samples(), response), audio.sampleRate());
    }

    /// The impulse response, RT60 and one sample long.
    static double[] response(int sampleRate, double rt60Seconds, double drrDb, RandomStream random) {
        int first = Math.max(1, (int) Math.round(FIRST_REFLECTION_SECONDS * sampleRate));
        int length = Math.max(first, (int) Math.round(rt60Seconds * sampleRate)) + 1;
        double decay = 3 * Math.log(10) / (rt60Seconds * sampleRate);
        double[] response = new double[length];
        double energy = 0;
        for (int i = first; i < length; i++) {
            response[i] = random.nextGaussian() * Math.exp(-decay * i);
            energy += response[i] * response[i];
        }
        double gain = Math.sqrt(Math.pow(10, -drrDb / 10) / energy);
        for (int i = first; i < length; i++) {
            response[i] *= gain;
        }
        response[0] = 1;
        return response;
    }
}
