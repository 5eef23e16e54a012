package dev.parallax.backend.select;

import dev.parallax.backend.SlidingProduct;
import dev.parallax.backend.scalar.ScalarSlidingProduct;
import java.util.concurrent.atomic.AtomicLong;

/// Plain loops while the JVM warms up, another product after some work. Vector code is slow until C2 has compiled it: a
/// JVM that resamples one clip and ends would wait for that longer than for the clip. All products give the same bits,
/// so nobody
/// can see where one takes over.
final class WarmUpProduct implements SlidingProduct {

    /// Multiply-adds in plain loops, a third of a second: two minutes of sound from 48 to 16 kHz.
    static final long WARM_UP = 1_000_000_000;

    private final SlidingProduct plain = new ScalarSlidingProduct();
    private final SlidingProduct warm;
    private final AtomicLong left;

    WarmUpProduct(long multiplyAdds, SlidingProduct warm) {
        this.left = new AtomicLong(multiplyAdds);
        this.warm = warm;
    }

    @Override
    public void multiply(
            float[] x,
            int at,
            int hop,
            int rows,
            float[] taps,
            int terms,
            int columns,
            float[] out,
            int to,
            int stride) {
        SlidingProduct product = warm;
        if (left.get() > 0) {
            left.addAndGet(-(long) rows * columns * terms);
            product = plain;
        }
        product.multiply(x, at, hop, rows, taps, terms, columns, out, to, stride);
    }
}
