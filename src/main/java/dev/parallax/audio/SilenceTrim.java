package dev.parallax.audio;

import dev.parallax.BadInputException;
import java.util.Arrays;

/// Takes the silence away before the first sound and after the last one. A block of 10 ms is sound where its
/// level, over 30 ms, is above both thresholds: relative to the recording's loudest block, because recordings
/// differ in level, and absolute, because a recording of nothing has a loudest block, too.
///
/// @param on            whether anything is taken away
/// @param belowPeakDb   how far below the loudest block silence begins [dB], above 0
/// @param floorDb       what is below this level is never sound [dB, full scale = 0]
/// @param marginSeconds what is left before the first and after the last sound [s], at least 0
public record SilenceTrim(boolean on, double belowPeakDb, double floorDb, double marginSeconds) {

    /// Nothing is taken away.
    public static final SilenceTrim OFF = new SilenceTrim(false, 40, -60, 0.1);

    private static final int BLOCKS_A_LEVEL = 3;

    public SilenceTrim {
        if (!(belowPeakDb > 0 && floorDb <= 0 && marginSeconds >= 0) || Double.isInfinite(marginSeconds)) {
            throw new BadInputException("silence: belowPeakDb " + belowPeakDb + " must be above 0, floorDb " + floorDb
                    + " at most 0 and marginSeconds " + marginSeconds + " at least 0");
        }
    }

    /// Trims.
    ///
    /// @param audio not modified
    /// @return what lies between the silences, or `audio` itself: where trimming is off, and where there is no
    ///         sound in it at all, because an empty recording is no use to anybody
    public Audio apply(Audio audio) {
        Segment kept = on ? sound(audio) : new Segment(0, audio.samples().length);
        int from = (int) kept.start();
        int to = (int) kept.end();
        boolean whole = from == 0 && to == audio.samples().length;
        return whole ? audio : new Audio(Arrays.copyOfRange(audio.samples(), from, to), audio.sampleRate());
    }

    /// From the first sound to the last, with the margins; the whole where there is none.
    private Segment sound(Audio audio) {
        BlockPowers blocks = BlockPowers.of(audio);
        double[] levels = blocks.levelsDb(BLOCKS_A_LEVEL);
        double peak = Arrays.stream(levels).max().orElse(Double.NEGATIVE_INFINITY);
        double threshold = Math.max(floorDb, peak - belowPeakDb);
        int first = 0;
        while (first < levels.length && levels[first] <= threshold) {
            first++;
        }
        if (first == levels.length) {
            return new Segment(0, blocks.samples());
        }
        int last = levels.length - 1;
        while (levels[last] <= threshold) {
            last--;
        }
        long margin = Math.round(marginSeconds * audio.sampleRate());
        long from = Math.max(0, blocks.start(first) - margin);
        return new Segment(from, Math.min(blocks.samples(), blocks.start(last + 1) + margin) - from);
    }
}
