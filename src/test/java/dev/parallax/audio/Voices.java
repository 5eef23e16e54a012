package dev.parallax.audio;

import dev.parallax.random.RandomStream;

/// Sounds that are as varied as speech: pulses of a wandering pitch through wandering resonances.
public final class Voices {

    private static final int STREAM = 0x766F6963;
    private static final int RESONANCES = 4;

    private Voices() {}

    /// A voice; another seed gives another utterance.
    ///
    /// @param rate    samples per second [Hz]
    /// @param silence before and after it [s]
    public static Audio of(int seed, double seconds, int rate, double silence) {
        RandomStream random = new RandomStream(seed, 0, STREAM, 0);
        int anchors = (int) (seconds * 8) + 2; // syllables
        double[][] paths = new double[RESONANCES + 2][anchors];
        for (int path = 0; path < paths.length; path++) {
            for (int i = 0; i < anchors; i++) {
                paths[path][i] = random.nextDouble();
            }
        }
        int start = (int) Math.round(silence * rate);
        float[] samples = new float[2 * start + (int) (seconds * rate)];
        double[] before = new double[RESONANCES];
        double[] beforeThat = new double[RESONANCES];
        double phase = 0;
        for (int i = start; i < samples.length - start; i++) {
            double time = (i - start) * 8.0 / rate;
            double pitch = 100 + 150 * at(paths[0], time);
            phase += pitch / rate;
            double pulse = phase >= 1 ? 1 : 0;
            phase -= pulse;
            double sum = 0;
            for (int resonance = 0; resonance < RESONANCES; resonance++) {
                double centre = 400 + 800 * resonance + 600 * at(paths[resonance + 1], time);
                double width = Math.exp(-Math.PI * 80 / rate);
                double next = 2 * width * Math.cos(2 * Math.PI * centre / rate) * before[resonance]
                        - width * width * beforeThat[resonance]
                        + pulse;
                beforeThat[resonance] = before[resonance];
                before[resonance] = next;
                sum += next;
            }
            samples[i] = (float) (0.03 * sum * (0.2 + at(paths[RESONANCES + 1], time)));
        }
        return new Audio(samples, rate);
    }

    private static double at(double[] anchors, double time) {
        int before = Math.min((int) time, anchors.length - 2);
        return anchors[before] + (time - before) * (anchors[before + 1] - anchors[before]);
    }

    /// The same sound, each sample times a gain, with noise.
    ///
    /// @param noise standard deviation before the gain
    public static Audio changed(Audio audio, double gain, double noise) {
        RandomStream random = new RandomStream(1, 0, STREAM, 1);
        float[] samples = audio.samples().clone();
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (gain * (samples[i] + noise * random.nextGaussian()));
        }
        return new Audio(samples, audio.sampleRate());
    }
}
