package dev.parallax.setup;

import dev.parallax.audio.source.AudioSource;
import dev.parallax.audio.variation.AddedNoise.Color;
import dev.parallax.audio.variation.DistortedAudio;
import dev.parallax.audio.variation.Distortion;
import dev.parallax.data.Utterance;
import dev.parallax.random.RandomStream;
import dev.parallax.text.WordErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One way in which utterances may come other than in their corpus.
///
/// @param name   as tables show it
/// @param what   what is done, and what is left out where the name promises more
/// @param needs  what an utterance must have, and a model must read
/// @param change what it does to an utterance that has that
record Condition(String name, String what, Needs needs, UnaryOperator<Utterance> change) {

    /// What a condition is about.
    enum Needs {
        AUDIO,
        TEXT,
        BOTH
    }

    private static final long SEED = 1; // everyone measures the same conditions
    private static final int WORDS = 0x776F7264;
    private static final double[] SNRS_DB = {20, 10, 5, 0};
    private static final double[] CLIPPINGS_DB = {6, 12, 20};
    private static final double[] RT60S = {0.3, 0.6, 1.0};
    private static final double[] WORD_ERROR_RATES = {0.1, 0.2, 0.4};

    /// All conditions, in the order of tables.
    ///
    /// @param scored the utterances; wrong words are words of these
    static List<Condition> all(List<Utterance> scored) {
        List<Condition> all = new ArrayList<>();
        for (Color color : Color.values()) {
            for (double snr : SNRS_DB) {
                all.add(sound(
                        color.name().toLowerCase(Locale.ROOT) + " noise " + whole(snr) + " dB",
                        "noise of equal power per " + (color == Color.WHITE ? "Hz" : "octave")
                                + ", the power of the whole recording " + whole(snr) + " dB above it",
                        new Distortion.Noise(color, snr)));
            }
        }
        all.add(sound(
                "telephone",
                "300 to 3400 Hz, at 8 kHz; no companding, no coding, no lost packets",
                new Distortion.Telephone()));
        all.add(sound(
                "MP3-like band",
                "nothing above 5.5 kHz, as encoders cut at low bit rates; no rounding of the spectrum",
                new Distortion.LowPass(5500)));
        all.add(sound(
                "GSM-like band",
                "nothing above 3.4 kHz, at the recording's own rate; no coding",
                new Distortion.LowPass(3400)));
        for (double db : CLIPPINGS_DB) {
            all.add(sound(
                    "clipped -" + whole(db) + " dB",
                    "samples limited to " + whole(db) + " dB below the largest one",
                    new Distortion.Clipping(db)));
        }
        for (double factor : new double[] {0.9, 1.1}) {
            all.add(sound(
                    "speed " + factor,
                    "played " + factor + " times as fast; pitch and formants move along",
                    new Distortion.Speed(factor)));
        }
        for (double seconds : RT60S) {
            all.add(sound(
                    "room " + seconds + " s",
                    "decaying noise of RT60 " + seconds + " s, together as strong as the direct sound; no single echoes",
                    new Distortion.Room(seconds, 0)));
        }
        all.add(sound(
                "silence cut",
                "nothing before the first and after the last sound of speech",
                new Distortion.SilenceCut()));
        all.add(new Condition("no audio", "the text alone", Needs.BOTH, Utterance::withoutAudio));
        all.add(new Condition("no text", "the audio alone", Needs.BOTH, Utterance::withoutText));
        List<String> words = scored.stream()
                .map(Utterance::text)
                .filter(Objects::nonNull)
                .flatMap(text -> WordErrors.split(text).stream())
                .toList();
        if (words.stream().distinct().count() >= 2) {
            for (double rate : WORD_ERROR_RATES) {
                all.add(wrongWords(new WordErrors(rate, words)));
            }
        }
        return all;
    }

    private static String whole(double number) {
        return Long.toString(Math.round(number));
    }

    private static Condition sound(String name, String what, Distortion distortion) {
        return new Condition(name, what, Needs.AUDIO, utterance -> {
            AudioSource audio = Objects.requireNonNull(utterance.audio());
            return utterance.withAudio(
                    new DistortedAudio(audio, distortion, SEED), distortion.movesTime() ? null : utterance.times());
        });
    }

    private static Condition wrongWords(WordErrors errors) {
        String percent = whole(100 * errors.rate()) + " %";
        return new Condition(
                "words wrong " + percent,
                percent + " of the words replaced (60 % of the errors), left out (25 %) or followed by another (15 %); those"
                        + " that come in are drawn from the scored texts",
                Needs.TEXT,
                utterance -> utterance.withText(errors.apply(
                        Objects.requireNonNull(utterance.text()),
                        new RandomStream(SEED, 0, WORDS, utterance.id().hashCode()))));
    }

    /// Whether a model reads what it is about.
    boolean fits(boolean readsAudio, boolean readsText) {
        return (readsAudio || needs == Needs.TEXT) && (readsText || needs == Needs.AUDIO);
    }

    /// The utterance under this condition, or null where it does not apply to it.
    @Nullable
    Utterance of(Utterance utterance) {
        boolean hasAudio = utterance.audio() != null || needs == Needs.TEXT;
        boolean hasText = utterance.text() != null || needs == Needs.AUDIO;
        return hasAudio && hasText ? change.apply(utterance) : null;
    }
}
