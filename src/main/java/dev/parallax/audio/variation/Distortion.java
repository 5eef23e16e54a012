package dev.parallax.audio.variation;

import dev.parallax.audio.Audio;
import dev.parallax.audio.Resampler;
import dev.parallax.audio.speech.VoiceActivity;
import dev.parallax.random.RandomStream;
import java.util.Arrays;

/// One stated way in which a recording may differ from what a model was made for: how its answers hold is measured
/// condition by condition. Training draws its variations instead ([Augmentation]).
public sealed interface Distortion {

    /// The distorted recording.
    ///
    /// @param audio  not modified
    /// @param random drawn from by noise and rooms
    Audio apply(Audio audio, RandomStream random);

    /// Whether words are spoken at other times than before.
    default boolean movesTime() {
        return false;
    }

    /// Noise at an exact ratio of the powers of the whole recording and of the noise ([AddedNoise#add]).
    ///
    /// @param snrDb the ratio [dB]
    record Noise(AddedNoise.Color color, double snrDb) implements Distortion {
        @Override
        public Audio apply(Audio audio, RandomStream random) {
            return AddedNoise.add(audio, color, snrDb, random);
        }
    }

    /// A recording of 8 kHz with the band of telephones, 300 to 3400 Hz; one of a lower rate keeps its rate. No
    /// companding, coding or lost packets.
    record Telephone() implements Distortion {

        private static final int RATE = 8000;
        private static final BandPass BAND = new BandPass(300, 3400);

        @Override
        public Audio apply(Audio audio, RandomStream random) {
            int rate = audio.sampleRate();
            return BAND.apply(
                    rate <= RATE ? audio : new Audio(Resampler.of(rate, RATE).resample(audio.samples()), RATE));
        }
    }

    /// Nothing above a frequency, at the recording's own rate: the band of a codec, without what else it does.
    ///
    /// @param toHz the highest frequency that is left [Hz]
    record LowPass(double toHz) implements Distortion {
        @Override
        public Audio apply(Audio audio, RandomStream random) {
            return new BandPass(0, toHz).apply(audio);
        }
    }

    /// Hard clipping: y = max(-c, min(c, x)), c a share of the largest |x|. The rest keeps its level.
    ///
    /// @param db c below the largest sample [dB], at least 0
    record Clipping(double db) implements Distortion {
        @Override
        public Audio apply(Audio audio, RandomStream random) {
            float peak = 0;
            for (float x : audio.samples()) {
                peak = Math.max(peak, Math.abs(x));
            }
            float most = (float) (peak * Math.pow(10, -db / 20));
            float[] out = audio.samples().clone();
            for (int i = 0; i < out.length; i++) {
                out[i] = Math.clamp(out[i], -most, most);
            }
            return new Audio(out, audio.sampleRate());
        }
    }

    /// Played faster or slower ([SpeedChange]).
    record Speed(double factor) implements Distortion {
        @Override
        public Audio apply(Audio audio, RandomStream random) {
            return SpeedChange.apply(audio, factor);
        }

        @Override
        public boolean movesTime() {
            return true;
        }
    }

    /// Heard in a synthetic room ([Reverberation]).
    ///
    /// @param rt60Seconds reverberation time [s]
    /// @param drrDb       direct-to-reverberant ratio [dB]
    record Room(double rt60Seconds, double drrDb) implements Distortion {
        @Override
        public Audio apply(Audio audio, RandomStream random) {
            return Reverberation.apply(audio, rt60Seconds, drrDb, random);
        }
    }

    /// Without what is before the first and after the last sound of speech ([VoiceActivity]). A recording without
    /// any stays as it is.
    record SilenceCut() implements Distortion {

        private static final VoiceActivity SPEECH = new VoiceActivity(9, 6, 2, 40, 0.05, 0); // ends where words do
        private static final int BLOCKS_PER_SECOND = 100;

        @Override
        public Audio apply(Audio audio, RandomStream random) {
            boolean[] speech = SPEECH.of(audio);
            int first = 0;
            int last = speech.length - 1;
            while (first <= last && !speech[first]) {
                first++;
            }
            while (last > first && !speech[last]) {
                last--;
            }
            if (first > last) {
                return audio;
            }
            int block = Math.max(1, audio.sampleRate() / BLOCKS_PER_SECOND);
            int to = Math.min(audio.samples().length, (last + 1) * block);
            return new Audio(Arrays.copyOfRange(audio.samples(), first * block, to), audio.sampleRate());
        }

        @Override
        public boolean movesTime() {
            return true;
        }
    }
}
