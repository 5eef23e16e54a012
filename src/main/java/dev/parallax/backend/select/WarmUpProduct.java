package dev.parallax.backend.select;

import dev.parallax.backend.SlidingProduct;
import dev.parallax.backend.scalar.ScalarSlidingProduct;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Plain loops while the JVM warms up, another product after some work. Vector code is slow until C2 has compiled
/// it: a JVM that resamples one clip and ends would wait for that longer than for the clip. It would also wait for
/// the classes of vectors, so the other product is made when it is needed. All products give the same bits, so
/// nobody can see where one takes over.
public final class WarmUpProduct implements SlidingProduct {

    /// Multiply-adds in plain loops: two minutes of sound from 48 to 16 kHz.
    static final long WARM_UP = 1_000_000_000;

    private final SlidingProduct plain = new ScalarSlidingProduct();
    private final Supplier<SlidingProduct> warm;
    private final AtomicLong left;
    private volatile @Nullable SlidingProduct made; // by whichever thread: they are alike

    /// @param warm makes the other product
    WarmUpProduct(long multiplyAdds, Supplier<SlidingProduct> warm) {
        this.left = new AtomicLong(multiplyAdds);
        this.warm = warm;
    }

    /// The product for overlapping pieces of a signal: plain loops, then the fastest that this JVM can run.
    public static SlidingProduct ofHost() {
        return new WarmUpProduct(WARM_UP, Backends::fastestProduct);
    }

    private SlidingProduct warm() {
        SlidingProduct product = made;
        if (product == null) {
            product = warm.get();
            made = product;
        }
        return product;
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
        boolean early = left.get() > 0;
        if (early) {
            left.addAndGet(-(long) rows * columns * terms);
        }
        (early ? plain : warm()).multiply(x, at, hop, rows, taps, terms, columns, out, to, stride);
    }
}
