package dev.parallax.random;

/// A sequence of random numbers drawn from [Philox]: key = (seed, step), counter = (stream, item, 0, position).
/// Two sequences that differ in any of the four share nothing; a sequence made again from the same four repeats itself.
/// Not for use by several threads at once; make one sequence a thread, or a item.
public final class RandomStream {

    private final int key0;
    private final int key1;
    private final int stream;
    private final int item;
    private final int[] block = new int[4];
    private int position;

    /// @param seed   the run's seed
    /// @param step   what advances with time (an epoch, a training step), else 0
    /// @param stream what the numbers are for (each use has its own constant)
    /// @param item   which item they are for (an utterance, a parameter), else 0
    public RandomStream(long seed, int step, int stream, int item) {
        this.key0 = Philox.fold(seed);
        this.key1 = step;
        this.stream = stream;
        this.item = item;
    }

    /// The next 32 random bits.
    public int nextInt() {
        int lane = position & 3;
        if (lane == 0) {
            Philox.block(key0, key1, stream, item, 0, position >>> 2, block);
        }
        position++;
        return block[lane];
    }

    /// Uniform over 0..bound-1, without bias (Lemire's method with rejection).
    ///
    /// @param bound at least 1
    public int nextInt(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("nextInt: bound is " + bound + ", must be at least 1");
        }
        long product = (nextInt() & 0xFFFFFFFFL) * bound;
        long low = product & 0xFFFFFFFFL;
        if (low < bound) {
            long threshold = (1L << 32) % bound;
            while (low < threshold) {
                product = (nextInt() & 0xFFFFFFFFL) * bound;
                low = product & 0xFFFFFFFFL;
            }
        }
        return (int) (product >>> 32);
    }

    /// Uniform in [0, 1), a multiple of 2^-53.
    public double nextDouble() {
        long high = nextInt() & 0xFFFFFFFFL;
        long low = nextInt() & 0xFFFFFFFFL;
        return (((high << 32) | low) >>> 11) * 0x1.0p-53;
    }

    /// Uniform in [low, high).
    public double uniform(double low, double high) {
        return low + (high - low) * nextDouble();
    }

    /// Standard normal: mean 0, variance 1 (Box-Muller; the second number of each pair is dropped, so that the count
    /// of words used does not depend on history).
    public double nextGaussian() {
        double radius = Math.sqrt(-2 * Math.log(1 - nextDouble()));
        return radius * Math.cos(2 * Math.PI * nextDouble());
    }

    /// Shuffles in place: Fisher-Yates, every order equally likely.
    public void shuffle(int[] items) {
        for (int i = items.length - 1; i > 0; i--) {
            int j = nextInt(i + 1);
            int swapped = items[i];
            items[i] = items[j];
            items[j] = swapped;
        }
    }
}
