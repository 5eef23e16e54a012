package dev.parallax.corpus.synthetic;

import dev.parallax.random.RandomStream;
import java.util.Locale;

/// One speaker: what stays the same over all of a speaker's utterances.
///
/// @param name         the speaker's id
/// @param pitch        usual fundamental frequency [Hz]
/// @param tractScale   factor on all formants (a short vocal tract has high ones)
/// @param openQuotient part of each glottal period with the glottis open
/// @param darkness     usual attenuation of the source at 3 kHz [dB]
record Voice(String name, double pitch, double tractScale, double openQuotient, double darkness) {

    /// Low and high voices alternate, so that every split has both.
    ///
    /// @param index 0, 1, ... ; the speaker's number in the corpus
    static Voice draw(long seed, int index) {
        RandomStream random = new RandomStream(seed, 0, Streams.VOICE, index);
        boolean low = index % 2 == 0;
        return new Voice(
                String.format(Locale.ROOT, "speaker-%03d", index + 1),
                low ? random.uniform(95, 140) : random.uniform(165, 230),
                low ? random.uniform(0.92, 1.04) : random.uniform(1.08, 1.20),
                random.uniform(0.5, 0.7),
                random.uniform(11, 15));
    }
}
