package dev.parallax.corpus.synthetic;

import dev.parallax.BadInputException;

/// What the embedded corpus is drawn from. Every utterance has one of four types, which says where its emotion shows:
/// in the audio alone, in the text alone, in both, or (synergy) only in the two together.
///
/// @param seed       every number of the corpus follows from it
/// @param size       utterances in all, a multiple of four (the classes are balanced exactly), at least 40
/// @param audioOnly  proportion whose audio alone shows the emotion, before the share of synergy is taken off
/// @param textOnly   proportion whose text alone shows it; likewise
/// @param both       proportion in which both show it; likewise. The three add up to 1
/// @param error      how often an informative perspective shows another class than the true one, in [0, 0.75]
/// @param synergy    proportion of synergy utterances, in [0, 1]; the three above share the rest
/// @param speakers   speakers in all, at least 8, shared out to the splits like the utterances
/// @param sampleRate samples per second [Hz], 16000 to 48000 (the sixth formant must fit below half of it)
/// @param minSeconds shortest utterance [s], at least 0.5
/// @param maxSeconds longest utterance [s], at most 10
public record SyntheticSettings(
        long seed,
        int size,
        double audioOnly,
        double textOnly,
        double both,
        double error,
        double synergy,
        int speakers,
        int sampleRate,
        double minSeconds,
        double maxSeconds) {

    public SyntheticSettings {
        int classes = Symbol.CLASSES;
        if (size < 40 || size % classes != 0) {
            int near = Math.max(40, size - Math.floorMod(size, classes));
            throw bad("size is " + size + ", must be a multiple of " + classes + " and at least 40; give " + near);
        }
        checkRange("audioOnly", audioOnly, 0, 1);
        checkRange("textOnly", textOnly, 0, 1);
        checkRange("both", both, 0, 1);
        if (Math.abs(audioOnly + textOnly + both - 1) > 1e-9) {
            throw bad("audioOnly + textOnly + both is " + (audioOnly + textOnly + both) + ", must be 1");
        }
        checkRange("error", error, 0, 1 - 1.0 / classes);
        checkRange("synergy", synergy, 0, 1);
        if (speakers < 8 || speakers > 1000) {
            throw bad("speakers is " + speakers + ", must lie in 8..1000");
        }
        checkRange("sampleRate", sampleRate, 16000, 48000);
        checkRange("minSeconds", minSeconds, 0.5, 10);
        checkRange("maxSeconds", maxSeconds, minSeconds, 10);
    }

    /// The corpus of the documentation: 1600 utterances of 0.8 to 1.6 s by 20 speakers at 16 kHz; ceilings 0.67 for
    /// audio, 0.67 for text, 0.95 for both.
    public static SyntheticSettings defaults(long seed) {
        return new SyntheticSettings(seed, 1600, 0.4, 0.4, 0.2, 0.05, 0, 20, 16000, 0.8, 1.6);
    }

    /// The same with another number of utterances.
    public SyntheticSettings withSize(int newSize) {
        return new SyntheticSettings(
                seed, newSize, audioOnly, textOnly, both, error, synergy, speakers, sampleRate, minSeconds, maxSeconds);
    }

    /// The same with another proportion of synergy utterances.
    public SyntheticSettings withSynergy(double newSynergy) {
        return new SyntheticSettings(
                seed, size, audioOnly, textOnly, both, error, newSynergy, speakers, sampleRate, minSeconds, maxSeconds);
    }

    /// The proportion of a type among all utterances; the four add up to 1.
    double share(Type type) {
        return switch (type) {
            case AUDIO -> audioOnly * (1 - synergy);
            case TEXT -> textOnly * (1 - synergy);
            case BOTH -> both * (1 - synergy);
            case SYNERGY -> synergy;
        };
    }

    private static void checkRange(String name, double value, double low, double high) {
        if (!(value >= low && value <= high)) {
            throw bad(name + " is " + value + ", must lie in " + low + ".." + high);
        }
    }

    private static BadInputException bad(String what) {
        return new BadInputException("synthetic corpus: " + what);
    }
}
