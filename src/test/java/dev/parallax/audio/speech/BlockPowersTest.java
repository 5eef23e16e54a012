package dev.parallax.audio.speech;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parallax.audio.Audio;
import dev.parallax.audio.SampleStatistics;
import dev.parallax.random.RandomStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockPowersTest {

    private static final int RATE = 8000;
    private static final int BLOCK = RATE / BlockPowers.PER_SECOND;

    private static float[] noise(int length) {
        RandomStream random = new RandomStream(5, 0, 0, 0);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) (0.3 + random.uniform(-1, 1) * (1 + i % 7));
        }
        return x;
    }

    /// Sizes around those of which several blocks are summed at once.
    @ParameterizedTest
    @ValueSource(ints = {1, 79, 80, 81, 240, 319, 320, 321, 400, 719, 1000})
    void aLevelIsThatOfTheVarianceOfTheBlocksAroundIt(int length) {
        float[] x = noise(length);
        double[] levels = BlockPowers.of(new Audio(x, RATE)).levelsDb();
        assertEquals(Math.ceilDiv(length, BLOCK), levels.length);
        for (int b = 0; b < levels.length; b++) {
            double power = 0;
            int from = Math.max(0, b - 2);
            int to = Math.min(levels.length, b + 3);
            for (int each = from; each < to; each++) {
                power += variance(x, each * BLOCK, Math.min(length, (each + 1) * BLOCK)) / (to - from);
            }
            assertEquals(10 * Math.log10(Math.max(1e-20, power)), levels[b], 1e-6, "block " + b);
        }
    }

    private static double variance(float[] x, int from, int to) {
        double mean = 0;
        for (int i = from; i < to; i++) {
            mean += (double) x[i] / (to - from);
        }
        double variance = 0;
        for (int i = from; i < to; i++) {
            variance += (x[i] - mean) * (x[i] - mean) / (to - from);
        }
        return variance;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 1001})
    void statisticsAreThoseOfAllThatCame(int length) {
        float[] x = noise(length);
        x[length / 2] = -9;
        SampleStatistics parts = new SampleStatistics();
        double sum = 0;
        double least = Double.POSITIVE_INFINITY;
        double greatest = Double.NEGATIVE_INFINITY;
        int full = 0;
        for (float each : x) {
            parts.accept(each);
            sum += each;
            least = Math.min(least, each);
            greatest = Math.max(greatest, each);
            full += Math.abs(each) >= 32767 / 32768.0 ? 1 : 0;
        }
        for (SampleStatistics actual : new SampleStatistics[] {parts, SampleStatistics.of(x)}) {
            assertEquals(length, actual.count());
            assertEquals(least, actual.least());
            assertEquals(greatest, actual.greatest());
            assertEquals(sum / length, actual.mean());
            assertEquals((double) full / length, actual.fullScaleShare());
        }
    }
}
