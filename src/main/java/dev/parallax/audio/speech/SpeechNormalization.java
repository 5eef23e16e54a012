package dev.parallax.audio.speech;

import dev.parallax.BadInputException;
import dev.parallax.audio.Audio;
import dev.parallax.audio.SampleStatistics;
import dev.parallax.audio.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Reduces a recording to the speech in it, at a standard level, so that features follow the voice and not how it
/// was recorded:
///
/// 1. Silence at both ends is cut, but for a margin, and pauses that are longer than a limit are shortened to it.
///    [VoiceActivity] decides what is speech. Rhythm and short pauses stay what they are.
/// 2. The mean of what is left is subtracted: the offset of a microphone.
/// 3. What is left is brought to one active level ([ActiveLevel]). The loudest sample would not do: it follows a
///    click.
///
/// A recording without speech, as far as energy shows, keeps its silence: without it, nothing would be left.
///
/// @param on              whether anything is changed
/// @param levelDb         active level afterwards [dB, full scale square wave = 0], at most 0
/// @param cutSilence      whether silence is cut (1); not where the times of words must stay what they are
/// @param marginSeconds   what is left before the first and after the last speech [s], at least 0
/// @param maxPauseSeconds longer pauses are shortened to this [s], at least twice the margin
public record SpeechNormalization(
        boolean on, double levelDb, boolean cutSilence, double marginSeconds, double maxPauseSeconds) {

    /// Nothing is changed.
    public static final SpeechNormalization OFF = new SpeechNormalization(false, -26, true, 0, 0.2);

    /// The default of models: the level of telephony.
    public static final SpeechNormalization STANDARD = new SpeechNormalization(true, -26, true, 0, 0.2);

    private static final double LEAST_SPEECH = 0.1; // [s]: some frames; RecordingMeasures decides what is speech

    /// Without a hang-over, since margins are added here.
    static final VoiceActivity ACTIVITY = new VoiceActivity(9, 6, 2, 32, 0.05, 0);

    public SpeechNormalization {
        if (!(levelDb <= 0 && marginSeconds >= 0 && maxPauseSeconds >= 2 * marginSeconds)
                || Double.isInfinite(levelDb)
                || Double.isInfinite(marginSeconds)) {
            throw new BadInputException("speech: levelDb " + levelDb + " must be at most 0, marginSeconds "
                    + marginSeconds + " at least 0 and maxPauseSeconds " + maxPauseSeconds + " at least twice that");
        }
    }

    /// The same without cutting silence.
    public SpeechNormalization keepingSilence() {
        return new SpeechNormalization(on, levelDb, false, marginSeconds, maxPauseSeconds);
    }

    /// Cuts, subtracts the mean and sets the level.
    ///
    /// @param audio not modified
    /// @return new sound, or `audio` itself where this is off or nobody speaks
    public Audio apply(Audio audio) {
        if (!on || audio.samples().length == 0) {
            return audio;
        }
        BlockPowers blocks = BlockPowers.of(audio);
        double[] levels = blocks.levelsDb();
        double active = ActiveLevel.ofDb(levels);
        boolean[] keep = keep(blocks, levels, active);
        if (keep.length == 0) {
            return audio;
        }
        float[] out = cutSilence
                ? kept(audio.samples(), blocks, keep)
                : audio.samples().clone();
        double mean = SampleStatistics.of(out).mean();
        double gain = Math.pow(10, (levelDb - active) / 20);
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (gain * (out[i] - mean));
        }
        return new Audio(out, audio.sampleRate());
    }

    /// What [#apply] keeps of a recording, in its order: all of it where silence is not cut.
    ///
    /// @param audio not modified
    public List<Segment> kept(Audio audio) {
        int length = audio.samples().length;
        if (!on || !cutSilence || length == 0) {
            return List.of(new Segment(0, length));
        }
        BlockPowers blocks = BlockPowers.of(audio);
        double[] levels = blocks.levelsDb();
        boolean[] keep = keep(blocks, levels, ActiveLevel.ofDb(levels));
        if (keep.length == 0) {
            return List.of(new Segment(0, length));
        }
        List<Segment> segments = new ArrayList<>();
        for (int b = 0; b < keep.length; b++) {
            int from = b;
            while (b < keep.length && keep[b]) {
                b++;
            }
            if (b > from) {
                segments.add(new Segment(blocks.start(from), blocks.start(b) - blocks.start(from)));
            }
        }
        return segments;
    }

    /// Which blocks are kept where silence is cut; none where nobody speaks.
    private boolean[] keep(BlockPowers blocks, double[] levels, double active) {
        boolean[] keep = ACTIVITY.of(blocks, levels, active);
        if (count(keep) < blocks.blocks(LEAST_SPEECH)) {
            return new boolean[0];
        }
        widen(keep, blocks.blocks(marginSeconds), blocks.blocks(maxPauseSeconds));
        return keep;
    }

    /// The samples that are kept, in their order, as a new array.
    private static float[] kept(float[] x, BlockPowers blocks, boolean[] keep) {
        int length = 0;
        for (int b = 0; b < keep.length; b++) {
            length += keep[b] ? (int) (blocks.start(b + 1) - blocks.start(b)) : 0;
        }
        float[] out = new float[length];
        int at = 0;
        for (int b = 0; b < keep.length; b++) {
            if (keep[b]) {
                int from = (int) blocks.start(b);
                int to = (int) blocks.start(b + 1);
                System.arraycopy(x, from, out, at, to - from);
                at += to - from;
            }
        }
        return out;
    }

    private static int count(boolean[] blocks) {
        int count = 0;
        for (boolean block : blocks) {
            count += block ? 1 : 0;
        }
        return count;
    }

    /// Keeps, besides speech, margins at both ends. Of each pause it keeps half of the longest allowed one behind
    /// the speech before it, and half before the speech that follows.
    private static void widen(boolean[] keep, int margin, int longestPause) {
        boolean[] speech = keep.clone();
        int last = -1;
        for (int b = 0; b <= speech.length; b++) {
            boolean end = b == speech.length;
            if (!end && !speech[b]) {
                continue;
            }
            int behind = last < 0 ? 0 : end ? margin : longestPause / 2;
            int before = end ? 0 : last < 0 ? margin : longestPause - longestPause / 2;
            Arrays.fill(keep, last + 1, Math.min(b, last + 1 + behind), true);
            Arrays.fill(keep, Math.max(last + 1, b - before), b, true);
            last = b;
        }
    }
}
