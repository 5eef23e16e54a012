package dev.parallax.audio.speech;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import java.util.Arrays;

/// Finds where somebody speaks, by energy: speech is what stands out from the noise around it.
///
/// ```
/// Levels are of blocks of 10 ms, averaged over 50 ms. The noise floor at a block is the lowest level within
/// floorSeconds before and after it. Even fluent speech falls to the noise between its words, so the minimum follows
/// a noise that changes and is not lifted by speech. This is minimum statistics [1] of the whole band.
///
/// A noise that sets in after the last word or ends before the first, as of a machine, is far above a floor measured
/// across that moment. So the floor is at least the lowest level from the block to the end of the recording. It is
/// also at least the lowest level from the start to the block, less 3 dB; at the ends, the lowest of 0.5 s.
///
/// Speech begins where the level is onDb above the floor and ends where it is less than offDb above it (hysteresis).
/// What lasted less than minSpeechSeconds is a click and is dropped. The decision hangs over by hangoverSeconds, which
/// holds faint ends of words and short pauses together, as coders for telephony do [2].
/// [1] R. Martin, "Noise power spectral density estimation based on optimal smoothing and minimum statistics",
///     IEEE Transactions on Speech and Audio Processing 9, 2001.
/// [2] A. Benyassine et al., "ITU-T Recommendation G.729 Annex B: a silence compression scheme", IEEE Communications
///     Magazine 35, 1997.
/// ```
/// Digital silence is no noise floor: silence that is put around a recording must not change where its speech
/// begins.
///
/// It separates sound from noise, not voices from other sounds: a door, music or a breath is activity, too.
///
/// @param onDb             how far above the noise floor speech begins [dB]
/// @param offDb            how far above it speech ends [dB], at most `onDb`
/// @param floorSeconds     how far the search for the noise floor reaches to either side [s], at least 0.1
/// @param rangeDb          no noise floor is taken to lie further than this below the active speech level
///                         ([ActiveLevel]), so a recording that is fainter as a whole has the same speech [dB]
/// @param minSpeechSeconds shorter sounds are dropped [s]
/// @param hangoverSeconds  speech lasts on by so much [s]
public record VoiceActivity(
        double onDb,
        double offDb,
        double floorSeconds,
        double rangeDb,
        double minSpeechSeconds,
        double hangoverSeconds) {

    /// For speech in quiet to moderately noisy rooms.
    public static final VoiceActivity STANDARD = new VoiceActivity(9, 6, 2, 40, 0.05, 0.2);

    private static final double END_SECONDS = 0.5; // speech is not even for so long
    private static final double EVEN_DB = 3; // so far may noise fall below its usual level
    private static final double SILENCE_DB = -120; // no recording is so faint; what rounds to it is no speech

    public VoiceActivity {
        if (!(offDb > 0 && onDb >= offDb && floorSeconds >= 0.1 && rangeDb >= onDb)) {
            throw new BadInputException("voice activity: 0 < offDb <= onDb, floorSeconds >= 0.1 and rangeDb >= onDb are"
                    + " needed, found offDb " + offDb + ", onDb " + onDb + ", floorSeconds " + floorSeconds
                    + ", rangeDb " + rangeDb);
        }
        if (!(minSpeechSeconds >= 0 && hangoverSeconds >= 0)) {
            throw new BadInputException("voice activity: minSpeechSeconds " + minSpeechSeconds + " and hangoverSeconds "
                    + hangoverSeconds + " must be at least 0");
        }
    }

    /// Whether somebody speaks, for every block of 10 ms (`sampleRate / 100` samples); the last block may be
    /// shorter.
    public boolean[] of(Audio audio) {
        return of(BlockPowers.of(audio));
    }

    boolean[] of(BlockPowers blocks) {
        double[] levels = blocks.levelsDb();
        return of(blocks, levels, ActiveLevel.ofDb(levels));
    }

    /// The same where levels are known.
    ///
    /// @param levels of the blocks ([BlockPowers#levelsDb]), not modified
    /// @param active their active level ([ActiveLevel]) [dB]
    boolean[] of(BlockPowers blocks, double[] levels, double active) {
        double[] floors = floors(blocks.withoutDigitalSilence(levels), blocks);
        double lowest = Math.max(SILENCE_DB, active - rangeDb);
        boolean[] speech = new boolean[levels.length];
        boolean on = false;
        int from = 0;
        for (int b = 0; b <= levels.length; b++) {
            double above = b == levels.length ? 0 : levels[b] - Math.max(lowest, floors[b]);
            boolean next = above >= (on ? offDb : onDb);
            if (next && !on) {
                from = b;
            }
            if (on && !next && b - from >= blocks.blocks(minSpeechSeconds)) {
                Arrays.fill(speech, from, Math.min(levels.length, b + blocks.blocks(hangoverSeconds)), true);
            }
            on = next;
        }
        return speech;
    }

    private double[] floors(double[] levels, BlockPowers blocks) {
        double[] floors = slidingMinimum(levels, Math.max(1, blocks.blocks(floorSeconds)));
        double[] sinceStart = runningMinimum(levels, blocks.blocks(END_SECONDS));
        double[] untilEnd = reversed(runningMinimum(reversed(levels), blocks.blocks(END_SECONDS)));
        for (int b = 0; b < floors.length; b++) {
            floors[b] = Math.max(floors[b], Math.max(sinceStart[b], untilEnd[b]) - EVEN_DB);
        }
        return floors;
    }

    /// The lowest of each value and all before it, and at first of the first `least` finite ones.
    private static double[] runningMinimum(double[] x, int least) {
        double[] out = new double[x.length];
        double lowest = Double.POSITIVE_INFINITY;
        int finite = 0;
        for (int b = 0; b < x.length; b++) {
            lowest = Math.min(lowest, x[b]);
            out[b] = lowest;
            if (finite < least && x[b] < Double.POSITIVE_INFINITY) {
                finite++;
                Arrays.fill(out, 0, b, lowest);
            }
        }
        return out;
    }

    private static double[] reversed(double[] x) {
        double[] out = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            out[i] = x[x.length - 1 - i];
        }
        return out;
    }

    /// The lowest of the values up to `reach` places before and after each. Candidates wait in a queue in rising
    /// order; a candidate behind a lower one can never be the lowest again, and is removed.
    private static double[] slidingMinimum(double[] x, int reach) {
        double[] out = new double[x.length];
        int[] queue = new int[x.length];
        int head = 0;
        int tail = 0;
        int next = 0;
        for (int b = 0; b < x.length; b++) {
            for (; next < x.length && next <= b + (long) reach; next++) {
                while (tail > head && x[queue[tail - 1]] >= x[next]) {
                    tail--;
                }
                queue[tail++] = next;
            }
            while (queue[head] < b - reach) {
                head++;
            }
            out[b] = x[queue[head]];
        }
        return out;
    }
}
