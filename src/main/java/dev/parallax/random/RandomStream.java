package dev.parallax.random;

/// A sequence of random numbers drawn from [Philox]: key = (seed, step), counter = (stream, item, branch, position).
/// Two sequences that differ in any of seed, step, stream, item and branch share nothing; a sequence made again from
/// the same five repeats itself. Not for use by several threads at once; make one sequence per thread or per item.
public final class RandomStream {

    private final int key0;
    private final int key1;
    private final int stream;
    private final int item;
    private final int branch;
    private final int[] block = new int[4];
    private int position;

    /// @param seed   the run's seed
    /// @param step   what advances with time (an epoch, a training step), else 0
    /// @param stream what the numbers are for (each use has its own constant)
    /// @param item   which item they are for (an utterance, a parameter), else 0
    public RandomStream(long seed, int step, int stream, int item) {
        this(Philox.fold(seed), step, stream, item, 0);
    }

    private RandomStream(int key0, int key1, int stream, int item, int branch) {
        this.key0 = key0;
        this.key1 = key1;
        this.stream = stream;
        this.item = item;
        this.branch = branch;
    }

    /// A separate sequence that does not depend on how far this one has advanced: for numbers that must not change
    /// when more or fewer are drawn here.
    ///
    /// @param number which, from 1
    public RandomStream branch(int number) {
        if (branch != 0 || number < 1) {
            throw new IllegalArgumentException(
                    "branch " + number + " of branch " + branch + ": number them from 1; a branch has none");
        }
        return new RandomStream(key0, key1, stream, item, number);
    }

    /// The next 32 random bits.
    public int nextInt() {
        int lane = position & 3;
        if (lane == 0) {
            Philox.block(key0, key1, stream, item, branch, position >>> 2, block);
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

    /// Standard normal: mean 0, variance 1 (Box-Muller). The second number of each pair is dropped, so that the
    /// count of words used does not depend on earlier calls.
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
