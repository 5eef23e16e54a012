package dev.parallax.backend.select;

import dev.parallax.backend.SlidingProduct;
import dev.parallax.backend.scalar.ScalarSlidingProduct;
import java.util.concurrent.atomic.AtomicLong;

/// Plain loops first, another product after some work. Vector code is slow until C2 has compiled it: a JVM that
/// resamples one clip and ends would wait for that longer than for the clip. All products give the same bits, so nobody
/// can see where one takes over.
final class FirstPlain implements SlidingProduct {

    /// Multiply-adds in plain loops, a third of a second: two minutes of sound from 48 to 16 kHz.
    static final long PLAIN = 1_000_000_000;

    private final SlidingProduct plain = new ScalarSlidingProduct();
    private final SlidingProduct then;
    private final AtomicLong left;

    FirstPlain(long multiplyAdds, SlidingProduct then) {
        this.left = new AtomicLong(multiplyAdds);
        this.then = then;
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
        SlidingProduct product = then;
        if (left.get() > 0) {
            left.addAndGet(-(long) rows * columns * terms);
            product = plain;
        }
        product.multiply(x, at, hop, rows, taps, terms, columns, out, to, stride);
    }
}
