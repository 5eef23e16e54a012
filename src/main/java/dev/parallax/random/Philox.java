package dev.parallax.random;

/// Philox 4x32-10, a counter-based generator: a block of four 32-bit words is a pure function of a 64-bit key and a
/// 128-bit counter. So any number can be computed at any time, in any order, on any thread, with the same result.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel Random Numbers: As Easy as 1, 2, 3", SC 2011. The constants and the
/// ten rounds are those of the paper; the tests check its known answers.
public final class Philox {

    /// What word 0 of the counter is multiplied by in each round. Public, as all constants here, for the backends that
    /// draw many blocks at once.
    public static final int MULTIPLIER_0 = 0xD2511F53;

    /// What word 2 of the counter is multiplied by in each round.
    public static final int MULTIPLIER_1 = 0xCD9E8D57;

    /// What is added to the low word of the key after each round.
    public static final int WEYL_0 = 0x9E3779B9;

    /// What is added to the high word of the key after each round.
    public static final int WEYL_1 = 0xBB67AE85;

    /// Rounds per block.
    public static final int ROUNDS = 10;

    private Philox() {}

    /// One block of four words.
    ///
    /// @param k0 low word of the key   @param k1 high word of the key
    /// @param c0 first word of the counter (the others follow)
    /// @param out receives the four words at out[0..3]
    public static void block(int k0, int k1, int c0, int c1, int c2, int c3, int[] out) {
        for (int round = 0; round < ROUNDS; round++) {
            long p0 = (MULTIPLIER_0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
            long p1 = (MULTIPLIER_1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
            int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c1 = (int) p1;
            c3 = (int) p0;
            c0 = n0;
            c2 = n2;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        out[0] = c0;
        out[1] = c1;
        out[2] = c2;
        out[3] = c3;
    }

    /// Folds a 64-bit seed into the 32 bits that a key has for it. The two halves are mixed (the finaliser of
    /// MurmurHash3), so that neighbouring seeds differ in all bits.
    public static int fold(long seed) {
        long z = seed;
        z = (z ^ (z >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        z ^= z >>> 33;
        return (int) (z ^ (z >>> 32));
    }
}
