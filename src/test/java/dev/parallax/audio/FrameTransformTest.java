package dev.parallax.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.parallax.backend.Butterflies;
import dev.parallax.backend.scalar.ScalarButterflies;
import dev.parallax.backend.vector.VectorButterflies;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("vector")
class FrameTransformTest {

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 16, 32, 64, 512, 1024, 4096})
    void vectorsGiveTheBitsOfThePlainLoops(int n) {
        double[][] plain = powers(n, new ScalarButterflies(), 0, 1, 2, 3);
        assertArrayEquals(plain, powers(n, new VectorButterflies(), 0, 1, 2, 3));
    }

    /// Neither the place nor the neighbours of a frame change its bits.
    @Test
    void aFrameDoesNotDependOnThoseBesideIt() {
        double[][] one = powers(512, new ScalarButterflies(), 0, 1, 2, 3);
        double[][] other = powers(512, new ScalarButterflies(), 3, 7, 0, 9);
        assertArrayEquals(one[0], other[2]);
        assertArrayEquals(one[3], other[0]);
    }

    private static double[][] powers(int n, Butterflies butterflies, int... seeds) {
        FrameTransform.Lanes frames = new FrameTransform(n).new Lanes();
        for (int f = 0; f < seeds.length; f++) {
            frames.set(f, FrameSpectraTest.noise(n, seeds[f]));
        }
        frames.transform(butterflies);
        double[][] out = new double[seeds.length][n / 2 + 1];
        for (int f = 0; f < seeds.length; f++) {
            frames.powers(f, out[f]);
        }
        return out;
    }
}
