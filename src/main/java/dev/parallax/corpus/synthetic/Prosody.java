package dev.parallax.corpus.synthetic;

import dev.parallax.random.RandomStream;

/// How an utterance moves: contours over its relative time t in [0, 1], each slope · (t - 1/2) + arch · (4t(1-t) -
/// 2/3). Every contour has mean zero, so the emotion lies in the movement within one utterance and never in a level or
/// in an offset from the speaker's pitch: subtracting a mean takes nothing away.
///
/// Loudness and brightness move together for the emotions (anger rises, sadness falls, joy arches, fear sags and
/// trembles) and against each other for the synergy signs; the neutral rendering stands in the middle of them all.
///
/// @param energySlope loudness, end minus start [dB]
/// @param energyArch  loudness, middle minus ends [dB]
/// @param tiltSlope   brightness: gain at 3 kHz, end minus start [dB]
/// @param tiltArch    brightness: gain at 3 kHz, middle minus ends [dB]
/// @param pitchSlope  fundamental frequency, end minus start [semitones]
/// @param pitchArch   fundamental frequency, middle minus ends [semitones]
/// @param pitchAccent rise of the fundamental frequency within each syllable [semitones]
/// @param rate        syllables per second
/// @param tremor      depth of the trembling of the loudness [dB]
/// @param breath      noise in the source, relative to the glottal pulses
record Prosody(
        double energySlope,
        double energyArch,
        double tiltSlope,
        double tiltArch,
        double pitchSlope,
        double pitchArch,
        double pitchAccent,
        double rate,
        double tremor,
        double breath) {

    private static final double SPREAD_DB = 2.5;
    private static final double SPREAD_SEMITONES = 1;
    private static final double SPREAD_RATE = 0.1;

    /// The middle of a symbol's distribution.
    static Prosody centre(Symbol symbol) {
        return switch (symbol) {
            case NEUTRAL -> new Prosody(0, 0, 0, 0, -1, 0, 1, 4, 0, 0.02);
            case ANGER -> new Prosody(20, 0, 24, 0, 5, 0, 2, 6, 0, 0.02);
            case FEAR -> new Prosody(0, -20, 0, -24, 2, -4, 1, 5, 5, 0.10);
            case JOY -> new Prosody(0, 20, 0, 24, 0, 7, 3, 5, 0, 0.02);
            case SADNESS -> new Prosody(-20, 0, -24, 0, -5, 0, 0.5, 3, 0, 0.04);
            case SIGN_0 -> new Prosody(14, 0, -28, 0, -1, 0, 1, 4, 0, 0.02);
            case SIGN_1 -> new Prosody(-14, 0, 28, 0, -1, 0, 1, 4, 0, 0.02);
            case SIGN_2 -> new Prosody(0, 14, 0, -28, -1, 0, 1, 4, 0, 0.02);
            case SIGN_3 -> new Prosody(0, -14, 0, 28, -1, 0, 1, 4, 0, 0.02);
        };
    }

    /// One utterance's prosody: each value uniform around its centre, with the same spread for every symbol.
    static Prosody draw(Symbol symbol, RandomStream random) {
        Prosody centre = centre(symbol);
        return new Prosody(
                around(centre.energySlope, SPREAD_DB, random),
                around(centre.energyArch, SPREAD_DB, random),
                around(centre.tiltSlope, SPREAD_DB, random),
                around(centre.tiltArch, SPREAD_DB, random),
                around(centre.pitchSlope, SPREAD_SEMITONES, random),
                around(centre.pitchArch, SPREAD_SEMITONES, random),
                around(centre.pitchAccent, 0.3, random),
                centre.rate * random.uniform(1 - SPREAD_RATE, 1 + SPREAD_RATE),
                centre.tremor * random.uniform(0.8, 1.2),
                centre.breath * random.uniform(0.8, 1.2));
    }

    private static double around(double centre, double spread, RandomStream random) {
        return random.uniform(centre - spread, centre + spread);
    }

    /// Loudness relative to the utterance's mean [dB], without the trembling.
    double energyAt(double t) {
        return contour(energySlope, energyArch, t);
    }

    /// Gain at 3 kHz relative to the utterance's mean [dB].
    double tiltAt(double t) {
        return contour(tiltSlope, tiltArch, t);
    }

    /// Fundamental frequency relative to the speaker's own [semitones], without the accents.
    double pitchAt(double t) {
        return contour(pitchSlope, pitchArch, t);
    }

    private static double contour(double slope, double arch, double t) {
        return slope * (t - 0.5) + arch * (4 * t * (1 - t) - 2.0 / 3);
    }
}
