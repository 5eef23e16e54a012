package dev.parallax.audio.speech;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.Segment;
import dev.parallax.audio.file.AudioFile;
import java.util.ArrayList;
import java.util.List;

/// A long recording as stretches of speech, each about as long as an utterance.
///
/// Stretches of [VoiceActivity] with short gaps between them are joined. Those that are still short are dropped;
/// those that are long are cut at their quietest moments. Each gets a margin as far as its neighbours leave room.
///
/// @param activity      where somebody speaks
/// @param mergeSeconds  gaps up to this are closed [s]
/// @param marginSeconds put before and after each [s]
/// @param minSeconds    shorter ones are dropped [s], counted with the hang-over and without the margins
/// @param maxSeconds    none is longer [s], with the margins; above 2 `marginSeconds`, at least 1
public record Segmentation(
        VoiceActivity activity, double mergeSeconds, double marginSeconds, double minSeconds, double maxSeconds) {

    /// Utterances of 0.4 to 15 s.
    public static final Segmentation STANDARD = new Segmentation(VoiceActivity.STANDARD, 0.3, 0.1, 0.4, 15);

    public Segmentation {
        if (!(mergeSeconds >= 0 && marginSeconds >= 0 && minSeconds >= 0)) {
            throw new BadInputException("segmentation: mergeSeconds " + mergeSeconds + ", marginSeconds "
                    + marginSeconds + " and minSeconds " + minSeconds + " must be at least 0");
        }
        if (!(maxSeconds >= 1 && maxSeconds > 2 * marginSeconds && maxSeconds >= minSeconds)) {
            throw new BadInputException("segmentation: maxSeconds " + maxSeconds
                    + " must be at least 1, at least minSeconds " + minSeconds + " and above twice marginSeconds "
                    + marginSeconds);
        }
    }

    /// The stretches of speech of a recording, in order, none overlapping another; empty where nobody speaks.
    public List<Segment> of(Audio audio) {
        return of(BlockPowers.of(audio));
    }

    /// The same for a file, which is read window by window and may be longer than memory.
    ///
    /// @throws BadInputException when it cannot be read
    public List<Segment> of(AudioFile file) {
        return of(BlockPowers.of(file));
    }

    private List<Segment> of(BlockPowers blocks) {
        double[] levels = blocks.levelsDb();
        int margin = blocks.blocks(marginSeconds);
        // blocks are whole numbers of samples, so a limit in blocks is rounded down
        int longest = Math.max(1, (int) (maxSeconds * BlockPowers.PER_SECOND) - 2 * margin - 1);
        List<int[]> pieces = new ArrayList<>();
        for (int[] run :
                merged(runs(activity.of(blocks, levels, ActiveLevel.ofDb(levels))), blocks.blocks(mergeSeconds))) {
            if (run[1] - run[0] >= blocks.blocks(minSeconds)) {
                cut(run[0], run[1], longest, levels, pieces);
            }
        }
        return withMargins(pieces, margin, blocks);
    }

    /// The runs of true, as [from, to).
    private static List<int[]> runs(boolean[] speech) {
        List<int[]> runs = new ArrayList<>();
        int b = 0;
        while (b < speech.length) {
            int from = b;
            while (b < speech.length && speech[b]) {
                b++;
            }
            if (b > from) {
                runs.add(new int[] {from, b});
            }
            b++;
        }
        return runs;
    }

    private static List<int[]> merged(List<int[]> runs, int gap) {
        List<int[]> merged = new ArrayList<>();
        for (int[] run : runs) {
            if (!merged.isEmpty() && run[0] - merged.getLast()[1] <= gap) {
                merged.getLast()[1] = run[1];
            } else {
                merged.add(run);
            }
        }
        return merged;
    }

    /// Cuts what is too long at the quietest block of the second half of the allowed length.
    private static void cut(int from, int to, int longest, double[] levels, List<int[]> out) {
        int start = from;
        while (to - start > longest) {
            int quietest = start + Math.max(1, longest / 2);
            for (int b = quietest; b < start + longest; b++) {
                quietest = levels[b] < levels[quietest] ? b : quietest;
            }
            out.add(new int[] {start, quietest});
            start = quietest;
        }
        out.add(new int[] {start, to});
    }

    /// Margins up to half of the way to a neighbour.
    private static List<Segment> withMargins(List<int[]> pieces, int margin, BlockPowers blocks) {
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            int from = pieces.get(i)[0];
            int to = pieces.get(i)[1];
            int before = i == 0 ? from : (from - pieces.get(i - 1)[1]) / 2;
            int after = i == pieces.size() - 1 ? blocks.count() - to : (pieces.get(i + 1)[0] - to) / 2;
            long start = blocks.start(from - Math.min(margin, before));
            segments.add(new Segment(start, blocks.start(to + Math.min(margin, after)) - start));
        }
        return segments;
    }
}
