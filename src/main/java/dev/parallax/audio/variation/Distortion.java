package dev.parallax.audio.variation;

import dev.parallax.BadInputException;
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

    /// How much is cut off before the first sample that is left [s].
    ///
    /// @param audio as given to [#apply]
    default double cutSeconds(Audio audio) {
        return 0;
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

    /// A recording of 8 kHz up to 3400 Hz, as telephones carry it; one of a lower rate keeps its rate. Its samples may
    /// be rounded to multiples of 2^(1 - bits). No companding, speech coding or lost frames.
    ///
    /// @param fromHz lower edge of the band [Hz], 0 for none
    /// @param bits   of a sample, 0 where none is rounded, at most 16
    record Narrowband(double fromHz, int bits) implements Distortion {

        /// The band of telephones, 300 to 3400 Hz (ITU-T G.712), not rounded.
        public static final Narrowband TELEPHONE = new Narrowband(300, 0);

        /// What enters the full-rate coder of GSM: 13 bits at 8 kHz (ETSI EN 300 961, GSM 06.10).
        public static final Narrowband GSM = new Narrowband(0, 13);

        private static final int RATE = 8000;
        private static final double TO_HZ = 3400;

        public Narrowband {
            if (bits < 0 || bits > 16) {
                throw new BadInputException("narrowband: bits is " + bits + ", must be in [0, 16]");
            }
        }

        @Override
        public Audio apply(Audio audio, RandomStream random) {
            int rate = audio.sampleRate();
            Audio slow =
                    rate <= RATE ? audio : new Audio(Resampler.of(rate, RATE).resample(audio.samples()), RATE);
            Audio heard = new BandPass(fromHz, TO_HZ).apply(slow);
            return bits == 0 ? heard : rounded(heard);
        }

        private Audio rounded(Audio audio) {
            float steps = 1 << (bits - 1);
            float[] out = audio.samples().clone();
            for (int i = 0; i < out.length; i++) {
                out[i] = (float) Math.clamp(Math.rint(out[i] * steps), -steps, steps - 1) / steps;
            }
            return new Audio(out, audio.sampleRate());
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

    /// Without what is before the first and after the last sound of speech ([VoiceActivity]); pauses between stay. A
    /// recording without any speech stays as it is.
    record SilenceCut() implements Distortion {

        private static final VoiceActivity SPEECH = new VoiceActivity(9, 6, 2, 40, 0.05, 0); // ends where words do
        private static final int BLOCKS_PER_SECOND = 100;

        @Override
        public Audio apply(Audio audio, RandomStream random) {
            boolean[] speech = SPEECH.of(audio);
            int last = speech.length - 1;
            while (last >= 0 && !speech[last]) {
                last--;
            }
            if (last < 0) {
                return audio;
            }
            int to = Math.min(audio.samples().length, (last + 1) * block(audio));
            return new Audio(Arrays.copyOfRange(audio.samples(), first(speech) * block(audio), to), audio.sampleRate());
        }

        @Override
        public double cutSeconds(Audio audio) {
            return (double) first(SPEECH.of(audio)) * block(audio) / audio.sampleRate();
        }

        /// The first block of speech; 0 where there is none.
        private static int first(boolean... speech) {
            for (int b = 0; b < speech.length; b++) {
                if (speech[b]) {
                    return b;
                }
            }
            return 0;
        }

        /// Samples of a block.
        private static int block(Audio audio) {
            return Math.max(1, audio.sampleRate() / BLOCKS_PER_SECOND);
        }
    }
}
