package dev.parallax.corpus.synthetic;

import dev.parallax.random.RandomStream;

/// Everything that the sound of one utterance is made from. [#key] names every value, so the content hash
/// is taken of it.
///
/// @param voice    who speaks
/// @param prosody  how it moves
/// @param vowels   one letter a syllable, see [Vowel]
/// @param samples  length in samples
/// @param lead     samples of silence before the voice
/// @param trail    samples of silence after it
/// @param level    peak of the voice, full scale is 1
/// @param noise    peak of the background noise, full scale is 1
/// @param seed     the corpus's seed, for the noise
/// @param number   the utterance's number, for the noise
record SoundDesign(
        Voice voice,
        Prosody prosody,
        String vowels,
        int samples,
        int lead,
        int trail,
        double level,
        double noise,
        long seed,
        int number) {

    private static final int FEWEST_SYLLABLES = 2;

    /// Draws the score of an utterance that shows a symbol. Length, silences, level and noise are drawn before the
    /// prosody and depend on the utterance's number alone.
    static SoundDesign draw(SyntheticSettings settings, int number, Voice voice, Symbol symbol) {
        RandomStream random = new RandomStream(settings.seed(), 0, Streams.SOUND, number);
        int rate = settings.sampleRate();
        int samples = (int) Math.round(rate * random.uniform(settings.minSeconds(), settings.maxSeconds()));
        int lead = (int) Math.round(rate * random.uniform(0.015, 0.04));
        int trail = (int) Math.round(rate * random.uniform(0.015, 0.04));
        double level = random.uniform(0.3, 0.9);
        double noise = level * random.uniform(0.0002, 0.0004);
        Prosody prosody = Prosody.draw(symbol, random);
        double voiced = (double) (samples - lead - trail) / rate;
        int syllables = Math.max(FEWEST_SYLLABLES, (int) Math.round(prosody.rate() * voiced));
        StringBuilder vowels = new StringBuilder();
        Vowel[] all = Vowel.values();
        for (int i = 0; i < syllables; i++) {
            vowels.append(all[random.nextInt(all.length)].letter);
        }
        return new SoundDesign(
                voice, prosody, vowels.toString(), samples, lead, trail, level, noise, settings.seed(), number);
    }

    /// All values with their names, for the content hash, which says `Score` whatever this class is called.
    String key() {
        return "Score" + toString().substring(SoundDesign.class.getSimpleName().length());
    }

    int syllables() {
        return vowels.length();
    }

    /// The vowel of a syllable.
    Vowel vowel(int syllable) {
        return Vowel.of(vowels.charAt(syllable));
    }
}
