package dev.parallax.audio.speech;

import dev.parallax.audio.Audio;
import dev.parallax.audio.file.AudioFile;
import java.util.Arrays;

/// The power of a recording in successive blocks of 10 ms, however long it is: a hundred numbers per second. Each
/// block's power is about its own mean, so that an offset of the microphone does not count as sound. A last block
/// that is not whole counts as one.
final class BlockPowers {

    /// Blocks per second.
    static final int PER_SECOND = 100;

    private static final double DIGITAL_SILENCE = 1e-14; // power; rounding to 16 bits has 7.8e-11
    private static final int REACH = 2; // blocks before and after one that its level is averaged over
    private static final int BLOCKS_AT_ONCE = 1000;

    private final int sampleRate;
    private final int blockLength;
    private final long samples;
    private final double[] powers;

    private BlockPowers(long samples, int sampleRate) {
        this.sampleRate = sampleRate;
        this.samples = samples;
        this.blockLength = Math.max(1, sampleRate / PER_SECOND);
        this.powers = new double[Math.toIntExact(Math.ceilDiv(samples, blockLength))];
    }

    static BlockPowers of(Audio audio) {
        BlockPowers blocks = new BlockPowers(audio.samples().length, audio.sampleRate());
        blocks.fill(audio.samples(), 0);
        return blocks;
    }

    /// Reads the file window by window.
    static BlockPowers of(AudioFile file) {
        BlockPowers blocks = new BlockPowers(file.frames(), file.sampleRate());
        int window = BLOCKS_AT_ONCE * blocks.blockLength;
        for (int b = 0; b < blocks.powers.length; b += BLOCKS_AT_ONCE) {
            blocks.fill(file.read((long) b * blocks.blockLength, window).samples(), b);
        }
        return blocks;
    }

    private void fill(float[] x, int firstBlock) {
        int from = 0;
        int b = firstBlock;
        for (; from + 4 * blockLength <= x.length; from += 4 * blockLength, b += 4) {
            four(x, from, b);
        }
        for (; from < x.length; from += blockLength, b++) {
            int to = Math.min(x.length, from + blockLength);
            double sum = 0;
            double squares = 0;
            for (int i = from; i < to; i++) {
                sum += x[i];
                squares += (double) x[i] * x[i];
            }
            powers[b] = power(sum, squares, to - from);
        }
    }

    /// Fills four at once: the sums of one alone would wait for each of their additions.
    private void four(float[] x, int from, int b) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        double squares0 = 0;
        double squares1 = 0;
        double squares2 = 0;
        double squares3 = 0;
        for (int i = from; i < from + blockLength; i++) {
            double x0 = x[i];
            double x1 = x[i + blockLength];
            double x2 = x[i + 2 * blockLength];
            double x3 = x[i + 3 * blockLength];
            sum0 += x0;
            sum1 += x1;
            sum2 += x2;
            sum3 += x3;
            squares0 += x0 * x0;
            squares1 += x1 * x1;
            squares2 += x2 * x2;
            squares3 += x3 * x3;
        }
        powers[b] = power(sum0, squares0, blockLength);
        powers[b + 1] = power(sum1, squares1, blockLength);
        powers[b + 2] = power(sum2, squares2, blockLength);
        powers[b + 3] = power(sum3, squares3, blockLength);
    }

    private static double power(double sum, double squares, int count) {
        double mean = sum / count;
        return Math.max(0, squares / count - mean * mean);
    }

    /// Number of blocks.
    int count() {
        return powers.length;
    }

    /// Samples of the whole recording.
    long samples() {
        return samples;
    }

    /// Number of blocks nearest to a duration [s].
    int blocks(double seconds) {
        return (int) Math.min(Integer.MAX_VALUE, Math.round(seconds * sampleRate / blockLength));
    }

    /// First sample of block `b`, or the end of the recording.
    long start(int b) {
        return Math.min(samples, (long) b * blockLength);
    }

    /// The levels, but infinity where the average includes a block of digital silence.
    ///
    /// @param levels of [#levelsDb], not modified
    double[] withoutDigitalSilence(double[] levels) {
        double[] out = levels.clone();
        for (int b = 0; b < powers.length; b++) {
            if (powers[b] <= DIGITAL_SILENCE) {
                int to = Math.min(out.length, b + REACH + 1);
                Arrays.fill(out, Math.max(0, b - REACH), to, Double.POSITIVE_INFINITY);
            }
        }
        return out;
    }

    /// Level of each block [dB, full scale square wave = 0], the power averaged over the 50 ms around it; silence is
    /// -200 dB.
    double[] levelsDb() {
        double[] sums = new double[powers.length + 1];
        for (int b = 0; b < powers.length; b++) {
            sums[b + 1] = sums[b] + powers[b];
        }
        double[] levels = new double[powers.length];
        for (int b = 0; b < levels.length; b++) {
            int from = Math.max(0, b - REACH);
            int to = Math.min(powers.length, b + REACH + 1);
            double power = (sums[to] - sums[from]) / (to - from);
            levels[b] = 10 * Math.log10(Math.max(1e-20, power));
        }
        return levels;
    }
}
