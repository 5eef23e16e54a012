package dev.parallax.audio.pitch;

import dev.parallax.BadInputException;

/// Settings of the search for the fundamental frequency F0, the rate of the vocal folds. The names and the standard
/// values are those of the paper and of its successor in common use.
///
/// Source: P. Boersma, "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio
/// of a sampled sound", Proceedings of the Institute of Phonetic Sciences 17, 97-110, Amsterdam 1993.
///
/// @param minHz              lowest F0 [Hz]; a window holds three of its periods
/// @param maxHz              highest F0 [Hz]
/// @param voicingThreshold   strength of a frame being unvoiced, 0 to 1: periodicity below this is not a voice
/// @param silenceThreshold   frames whose peak is below this share of the recording's peak tend to be unvoiced
/// @param octaveCost         strength that a candidate gains per octave of its frequency, so that F0 wins over half
///                           of it
/// @param octaveJumpCost     cost of a move of one octave from frame to frame, for a hop of 10 ms
/// @param voicedUnvoicedCost cost of a change between voiced and unvoiced, for a hop of 10 ms
public record Pitch(
        double minHz,
        double maxHz,
        double voicingThreshold,
        double silenceThreshold,
        double octaveCost,
        double octaveJumpCost,
        double voicedUnvoicedCost) {

    /// For speech of adults, excited or not: 60 to 600 Hz.
    public static final Pitch STANDARD = new Pitch(60, 600, 0.45, 0.03, 0.01, 0.35, 0.14);

    public Pitch {
        if (!(minHz >= 10 && maxHz > minHz && maxHz < Double.POSITIVE_INFINITY)) {
            throw new BadInputException(
                    "pitch: minHz " + minHz + " and maxHz " + maxHz + " must be 10 <= minHz < maxHz");
        }
        if (!(voicingThreshold >= 0 && voicingThreshold <= 1 && silenceThreshold >= 0 && silenceThreshold <= 1)) {
            throw new BadInputException("pitch: voicingThreshold " + voicingThreshold + " and silenceThreshold "
                    + silenceThreshold + " must be in [0, 1]");
        }
        if (!(octaveCost >= 0 && octaveJumpCost >= 0 && voicedUnvoicedCost >= 0)) {
            throw new BadInputException("pitch: octaveCost " + octaveCost + ", octaveJumpCost " + octaveJumpCost
                    + " and voicedUnvoicedCost " + voicedUnvoicedCost + " must be at least 0");
        }
    }
}
