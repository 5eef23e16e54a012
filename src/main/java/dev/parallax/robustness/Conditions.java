package dev.parallax.robustness;

import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.variation.AddedNoise.Color;
import dev.parallax.audio.variation.DistortedAudio;
import dev.parallax.audio.variation.Distortion;
import dev.parallax.data.Utterance;
import dev.parallax.data.WordTimes;
import dev.parallax.random.RandomStream;
import dev.parallax.robustness.Condition.Needs;
import dev.parallax.text.WordErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The conditions under which a model is scored: always the same, so that tables of two models can be compared.
///
/// Noise is white. Its spectrum is level, so no band of speech is spared, and it needs no recordings of noise. Babble
/// of other utterances would have their emotions in it, and a score would depend on which others there are.
public final class Conditions {

    private static final long SEED = 1; // everyone measures the same
    private static final int STREAM = 0x776F7264; // what the random numbers of words are for
    private static final int[] SNRS_DB = {20, 10, 5, 0};
    private static final int[] CLIPPINGS_DB = {6, 12, 20};
    private static final double[] SPEEDS = {0.9, 1.1};
    private static final double[] RT60S = {0.3, 0.6, 1.0};
    private static final double DRR_DB = 0;
    private static final int[] WORDS_WRONG = {10, 20, 40}; // [%]
    private static final double MP3_HZ = 5500;

    private Conditions() {}

    /// All conditions, in the order of tables.
    ///
    /// @param scored the utterances; wrong words are words of these
    public static List<Condition> all(List<Utterance> scored) {
        List<Condition> all = new ArrayList<>();
        for (int snr : SNRS_DB) {
            all.add(sound(
                    "white noise " + snr + " dB",
                    "Gaussian noise of equal power per Hz, " + snr
                            + " dB below the recording, both over its whole length",
                    new Distortion.Noise(Color.WHITE, snr)));
        }
        all.addAll(bands());
        for (int db : CLIPPINGS_DB) {
            all.add(sound(
                    "clipped " + db + " dB",
                    "samples limited to " + db + " dB below the largest one of the recording",
                    new Distortion.Clipping(db)));
        }
        for (double factor : SPEEDS) {
            all.add(sound(
                    "speed " + factor,
                    "played " + factor + " times as fast: tempo, pitch and formants move together",
                    new Distortion.Speed(factor)));
        }
        for (double seconds : RT60S) {
            all.add(sound(
                    "room " + seconds + " s",
                    "after the direct sound Gaussian noise that decays by 60 dB in " + seconds
                            + " s (RT60), both of equal energy; no single echoes",
                    new Distortion.Room(seconds, DRR_DB)));
        }
        all.add(sound(
                "silence cut",
                "nothing before the first and after the last speech, which an energy detector finds; pauses stay",
                new Distortion.SilenceCut()));
        all.add(new Condition("audio missing", "the text alone", Needs.BOTH, Utterance::withoutAudio));
        all.add(new Condition("text missing", "the audio alone", Needs.BOTH, Utterance::withoutText));
        WordErrors errors = WordErrors.of(
                scored.stream().map(Utterance::text).filter(Objects::nonNull).toList());
        for (int percent : WORDS_WRONG) {
            all.add(wrongWords(percent, errors));
        }
        return all;
    }

    private static List<Condition> bands() {
        return List.of(
                sound(
                        "telephone",
                        "300 to 3400 Hz at 8 kHz; no companding, no speech coder, no lost frames",
                        Distortion.Narrowband.TELEPHONE),
                sound(
                        "GSM-like",
                        "nothing above 3400 Hz, at 8 kHz, samples rounded to 13 bits, as they enter GSM's full-rate coder;"
                                + " the coder itself and lost frames are not simulated",
                        Distortion.Narrowband.GSM),
                sound(
                        "MP3-like",
                        "nothing above 5500 Hz, about where LAME cuts one channel at 16 kbit/s; neither its quantisation nor"
                                + " pre-echo is simulated",
                        new Distortion.LowPass(MP3_HZ)));
    }

    private static Condition sound(String name, String what, Distortion distortion) {
        return new Condition(name, what, Needs.AUDIO, utterance -> {
            AudioSource audio = Objects.requireNonNull(utterance.audio());
            WordTimes times = utterance.times();
            return utterance.withAudio(
                    new DistortedAudio(audio, distortion, SEED),
                    times == null ? null : moved(times, audio, distortion));
        });
    }

    /// When words are spoken in the distorted recording.
    private static WordTimes moved(WordTimes times, AudioSource audio, Distortion distortion) {
        return switch (distortion) {
            case Distortion.Speed(double factor) -> times.scaled(1 / factor);
            case Distortion.SilenceCut cut -> times.shifted(-cut.cutSeconds(audio.read()));
            default -> times;
        };
    }

    private static Condition wrongWords(int percent, WordErrors errors) {
        return new Condition(
                "words wrong " + percent + " %",
                percent
                        + " % of the words, as from speech recognition: 60 % of these are replaced, 25 % are left out, 15 %"
                        + " are followed by another; those that come in are drawn from the scored texts",
                Needs.TEXT,
                utterance -> utterance.withText(errors.apply(
                        Objects.requireNonNull(utterance.text()),
                        percent / 100.0,
                        new RandomStream(SEED, 0, STREAM, utterance.id().hashCode()))));
    }
}
