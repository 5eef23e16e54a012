package dev.parallax.corpus.spoken;

import dev.parallax.corpus.spoken.Tone.Prosody;
import dev.parallax.random.RandomStream;
import java.util.List;
import java.util.Locale;

/// One voice: a voice of espeak-ng, an accent, and what stays the same over all utterances of the speaker.
///
/// @param name   the speaker's id
/// @param woman  whether it is a woman's voice
/// @param voice  as espeak-ng names it, accent and variant
/// @param pitch  from the usual pitch of that voice [semitones]
/// @param range  natural logarithm of the factor on the range of its pitch
/// @param rate   natural logarithm of the factor on the usual words per minute
record Speaker(String name, boolean woman, String voice, double pitch, double range, double rate) {

    /// Accents that take a variant; `en-gb` ignores it.
    private static final List<String> ACCENTS =
            List.of("en-us", "en-gb-scotland", "en-gb-x-rp", "en-029", "en-gb-x-gbclan", "en-gb-x-gbcwmd");

    private static final List<String> WOMEN = List.of(
            "f1", "f2", "f3", "f4", "f5", "linda", "belinda", "aunty", "shelby", "Alicia", "anika", "Andrea", "Annie",
            "grandma", "steph");

    private static final List<String> MEN = List.of(
            "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "Alex", "Andy", "Denis", "antonio", "pablo", "david", "ed");

    private static final double PITCH_DEVIATION = 1;
    private static final double RANGE_DEVIATION = 0.12;
    private static final double RATE_DEVIATION = 0.07;

    /// Women and men in turn. After thirty speakers the variants come again, with other accents and other habits.
    ///
    /// @param index 0, 1, ...: the speaker's number in the corpus, at most 119
    static Speaker draw(long seed, int index) {
        RandomStream random = new RandomStream(seed, 0, Streams.SPEAKER, index);
        boolean woman = index % 2 == 0;
        int number = index / 2;
        List<String> variants = woman ? WOMEN : MEN;
        String accent = ACCENTS.get((number + number / variants.size()) % ACCENTS.size());
        return new Speaker(
                String.format(Locale.ROOT, "voice-%03d", index + 1),
                woman,
                accent + "+" + variants.get(number % variants.size()),
                PITCH_DEVIATION * random.nextGaussian(),
                RANGE_DEVIATION * random.nextGaussian(),
                RATE_DEVIATION * random.nextGaussian());
    }

    /// How this speaker says something with a prosody.
    Prosody with(Prosody prosody) {
        return new Prosody(
                pitch + prosody.pitch(),
                range + prosody.range(),
                rate + prosody.rate(),
                prosody.pause(),
                prosody.gain());
    }
}
