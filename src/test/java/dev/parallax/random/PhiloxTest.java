package dev.parallax.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The known answers are those published with the paper (Random123, file kat_vectors, philox4x32 with 10 rounds).
class PhiloxTest {

    @Test
    void block_zeroKeyAndCounter_equalsKnownAnswer() {
        assertBlock(0, 0, 0, 0, 0, 0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    }

    @Test
    void block_allOnes_equalsKnownAnswer() {
        assertBlock(-1, -1, -1, -1, -1, -1, 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    }

    @Test
    void block_digitsOfPi_equalsKnownAnswer() {
        assertBlock(
                0xa4093822,
                0x299f31d0,
                0x243f6a88,
                0x85a308d3,
                0x13198a2e,
                0x03707344,
                0xd16cfe09,
                0x94fdcceb,
                0x5001e420,
                0x24126ea1);
    }

    private static void assertBlock(int k0, int k1, int c0, int c1, int c2, int c3, int... expected) {
        int[] out = new int[4];
        Philox.block(k0, k1, c0, c1, c2, c3, out);
        assertArrayEquals(expected, out);
    }

    @Test
    void nextInt_bound_isUniformWithinFiveStandardErrors() {
        int n = 70_000;
        int[] counts = new int[7];
        RandomStream random = new RandomStream(5, 0, 1, 2);
        for (int i = 0; i < n; i++) {
            counts[random.nextInt(7)]++;
        }
        double expected = n / 7.0;
        double standardError = Math.sqrt(n * (1 / 7.0) * (6 / 7.0));
        for (int count : counts) {
            assertEquals(expected, count, 5 * standardError);
        }
        assertThrows(IllegalArgumentException.class, () -> random.nextInt(0));
    }

    @Test
    void nextGaussian_manyDraws_hasMeanZeroAndVarianceOne() {
        RandomStream random = new RandomStream(9, 0, 1, 0);
        double[] x = IntStream.range(0, 100_000)
                .mapToDouble(i -> random.nextGaussian())
                .toArray();
        double mean =
                IntStream.range(0, x.length).mapToDouble(i -> x[i]).average().orElseThrow();
        double square = IntStream.range(0, x.length)
                .mapToDouble(i -> x[i] * x[i])
                .average()
                .orElseThrow();
        assertEquals(0, mean, 5 / Math.sqrt(x.length));
        assertEquals(1, square, 5 * Math.sqrt(2.0 / x.length));
    }

    @Test
    void stream_sameFour_repeats_andAnyOtherDiffers() {
        int first = new RandomStream(1, 2, 3, 4).nextInt();
        assertEquals(first, new RandomStream(1, 2, 3, 4).nextInt());
        int[] others = {
            new RandomStream(2, 2, 3, 4).nextInt(),
            new RandomStream(1, 3, 3, 4).nextInt(),
            new RandomStream(1, 2, 4, 4).nextInt(),
            new RandomStream(1, 2, 3, 5).nextInt(),
            new RandomStream(1L << 32 | 1, 2, 3, 4).nextInt()
        };
        for (int other : others) {
            assertTrue(first != other);
        }
    }

    @Test
    void branch_anyNumber_repeatsAndLeavesItsParentWhereItStands() {
        RandomStream parent = new RandomStream(1, 2, 3, 4);
        int first = parent.branch(1).nextInt();
        assertEquals(new RandomStream(1, 2, 3, 4).nextInt(), parent.nextInt());
        assertEquals(first, parent.branch(1).nextInt());
        int[] firsts = {first, parent.branch(2).nextInt(), new RandomStream(1, 2, 3, 4).nextInt()};
        assertEquals(3, IntStream.of(firsts).distinct().count());
        assertThrows(IllegalArgumentException.class, () -> parent.branch(0));
        assertThrows(IllegalArgumentException.class, () -> parent.branch(1).branch(1));
    }

    @Test
    void shuffle_items_keepsThemAll() {
        int[] items = IntStream.range(0, 100).toArray();
        new RandomStream(3, 0, 0, 0).shuffle(items);
        assertTrue(items[0] != 0 || items[1] != 1 || items[2] != 2);
        assertArrayEquals(
                IntStream.range(0, 100).toArray(), IntStream.of(items).sorted().toArray());
    }
}
