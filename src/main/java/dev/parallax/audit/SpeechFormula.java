package dev.parallax.audit;

import dev.parallax.audio.speech.SpeechNormalization;
import java.util.Arrays;
import java.util.stream.IntStream;

/// The search for speech and its level by their formulas, block by block (10 ms), each minimum and mean taken anew.
///
/// ```
/// P_b   power of block b about its own mean
/// L_b = 10 log10 of the mean of P from two blocks before to two behind, full scale is 0 dB
/// A   = the active level: the mean power of the k loudest L, k the most for which no mean of the first j <= k lies
///       more than 15.9 dB above the j-th
/// F_b   noise floor, the largest of: the lowest L within 2 s before and after; the lowest from the start to b less
///       3 dB; the lowest from b to the end less 3 dB (of the first and last 0.5 s at least); A - 32 dB; -120 dB.
///       Where the mean of L includes digital silence, L is no floor.
/// Speech begins at L_b >= F_b + 9 dB and ends at L_b < F_b + 6 dB; what is shorter than 0.05 s is none.
/// y = 10^((level - A) / 20) (x - mean of x), over the blocks of speech and of pauses, these shortened
/// ```
///
/// Where there is less than 0.1 s of speech, y = x. [dev.parallax.audio.speech.VoiceActivity] has the sources.
///
/// @param settings   of the level, the margins and the longest pause
/// @param sampleRate [Hz]
record SpeechFormula(SpeechNormalization settings, int sampleRate) {

    private static final double ON_DB = 9;
    private static final double OFF_DB = 6;
    private static final double FLOOR_SECONDS = 2;
    private static final double RANGE_DB = 32;
    private static final double LOWEST_DB = -120;
    private static final double END_SECONDS = 0.5;
    private static final double EVEN_DB = 3;
    private static final double SHORTEST_SECONDS = 0.05;
    private static final double LEAST_SPEECH_SECONDS = 0.1;
    private static final double ACTIVE_DB = 15.9;
    private static final double DIGITAL_SILENCE = 1e-14; // power
    private static final int AROUND = 2; // blocks

    /// y of a signal.
    double[] of(double[] x) {
        if (!settings.on()) {
            return x;
        }
        double[] powers = powers(x);
        double[] levels = levels(powers);
        double active = active(levels);
        boolean[] speech = speech(levels, floors(levels, powers), active);
        long spoken = IntStream.range(0, speech.length).filter(b -> speech[b]).count();
        if (spoken < blocks(LEAST_SPEECH_SECONDS)) {
            return x;
        }
        double[] kept = settings.cutSilence() ? kept(x, speech) : x;
        double mean = Arrays.stream(kept).sum() / kept.length;
        double gain = Math.pow(10, (settings.levelDb() - active) / 20);
        return Arrays.stream(kept).map(value -> gain * (value - mean)).toArray();
    }

    private int blockLength() {
        return Math.max(1, sampleRate / 100);
    }

    private int blocks(double seconds) {
        return (int) Math.round(seconds * sampleRate / blockLength());
    }

    private double[] powers(double[] x) {
        double[] powers = new double[Math.ceilDiv(x.length, blockLength())];
        for (int b = 0; b < powers.length; b++) {
            double[] block = Arrays.copyOfRange(x, b * blockLength(), Math.min(x.length, (b + 1) * blockLength()));
            double mean = Arrays.stream(block).sum() / block.length;
            powers[b] = Arrays.stream(block)
                            .map(value -> (value - mean) * (value - mean))
                            .sum()
                    / block.length;
        }
        return powers;
    }

    private static double[] levels(double[] powers) {
        double[] levels = new double[powers.length];
        for (int b = 0; b < levels.length; b++) {
            double[] around = around(powers, b, AROUND);
            levels[b] = 10 * Math.log10(Math.max(1e-20, Arrays.stream(around).sum() / around.length));
        }
        return levels;
    }

    private static double[] around(double[] values, int b, int reach) {
        return Arrays.copyOfRange(values, Math.max(0, b - reach), (int) Math.min(values.length, b + reach + 1L));
    }

    private static double active(double[] levels) {
        double[] falling = Arrays.stream(levels)
                .map(level -> -level)
                .sorted()
                .map(level -> -level)
                .toArray();
        double sum = 0;
        double active = -200;
        for (int j = 0; j < falling.length; j++) {
            sum += Math.pow(10, falling[j] / 10);
            double mean = 10 * Math.log10(sum / (j + 1));
            if (mean > falling[j] + ACTIVE_DB) {
                break;
            }
            active = mean;
        }
        return Math.max(-200, active);
    }

    private double[] floors(double[] levels, double[] powers) {
        double[] quiet = new double[levels.length]; // infinite where it is no floor
        for (int b = 0; b < quiet.length; b++) {
            boolean isDigital = Arrays.stream(around(powers, b, AROUND)).anyMatch(power -> power <= DIGITAL_SILENCE);
            quiet[b] = isDigital ? Double.POSITIVE_INFINITY : levels[b];
        }
        int[] finite = IntStream.range(0, quiet.length)
                .filter(b -> quiet[b] < Double.POSITIVE_INFINITY)
                .toArray();
        int some = Math.min(finite.length, blocks(END_SECONDS));
        int begins = some == 0 ? 0 : finite[some - 1]; // the least that the start has
        int ends = some == 0 ? quiet.length - 1 : finite[finite.length - some];
        double[] floors = new double[quiet.length];
        for (int b = 0; b < floors.length; b++) {
            double near = least(around(quiet, b, Math.max(1, blocks(FLOOR_SECONDS))));
            double sinceStart = least(Arrays.copyOfRange(quiet, 0, Math.max(b, begins) + 1));
            double untilEnd = least(Arrays.copyOfRange(quiet, Math.min(b, ends), quiet.length));
            floors[b] = Math.max(near, Math.max(sinceStart, untilEnd) - EVEN_DB);
        }
        return floors;
    }

    private static double least(double[] values) {
        return Arrays.stream(values).min().orElse(Double.POSITIVE_INFINITY);
    }

    private boolean[] speech(double[] levels, double[] floors, double active) {
        boolean[] speech = new boolean[levels.length];
        for (int from = 0, to; from < levels.length; from = to + 1) {
            to = from; // the end of speech that begins at `from`, if it does
            for (double above = ON_DB; to < levels.length && levels[to] - floor(floors[to], active) >= above; to++) {
                above = OFF_DB;
            }
            if (to - from >= blocks(SHORTEST_SECONDS)) {
                Arrays.fill(speech, from, to, true);
            }
        }
        return speech;
    }

    private static double floor(double quiet, double active) {
        return Math.max(quiet, Math.max(LOWEST_DB, active - RANGE_DB));
    }

    /// The samples of speech, of the margins around it, and of the beginning and the end of each pause.
    private double[] kept(double[] x, boolean[] speech) {
        boolean[] keep = new boolean[speech.length];
        for (int b = 0; b < keep.length; b++) {
            keep[b] = isKept(b, speech);
        }
        return IntStream.range(0, x.length)
                .filter(i -> keep[i / blockLength()])
                .mapToDouble(i -> x[i])
                .toArray();
    }

    private boolean isKept(int b, boolean[] speech) {
        int last = b; // speech before, -1 for none
        while (last >= 0 && !speech[last]) {
            last--;
        }
        int next = b; // speech behind
        while (next < speech.length && !speech[next]) {
            next++;
        }
        boolean isFirst = last < 0;
        boolean isLast = next == speech.length;
        int margin = blocks(settings.marginSeconds());
        int pause = blocks(settings.maxPauseSeconds());
        return (!isFirst && b - last <= (isLast ? margin : pause / 2))
                || (!isLast && next - b <= (isFirst ? margin : pause - pause / 2));
    }
}
