package dev.parallax.backend.select;

import dev.parallax.backend.Butterflies;
import dev.parallax.backend.SlidingProduct;
import dev.parallax.backend.scalar.ScalarButterflies;
import dev.parallax.backend.scalar.ScalarSlidingProduct;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Plain loops while the JVM warms up, a faster implementation after some work. Vector code is slow until C2 has
/// compiled it: a JVM that reads one clip and ends would wait for that longer than for the clip. It would also wait for
/// the classes of vectors, so the other implementation is made when it is needed. Both give the same bits, so nobody
/// can see where one takes over.
///
/// @param <T> what both implement
public final class WarmUp<T> {

    /// Of a filter in plain loops [multiply-adds]: two minutes of sound from 48 to 16 kHz.
    private static final long PRODUCT_WORK = 1_000_000_000;

    /// Of a transform in plain loops [rows of butterflies]: two minutes of sound in 512 values every 10 ms.
    private static final long BUTTERFLY_WORK = 768_000;

    private final T plain;
    private final Supplier<T> warm;
    private final AtomicLong left;
    private volatile @Nullable T made; // by whichever thread: they are alike

    /// @param work  to be done in plain loops
    /// @param plain does it
    /// @param warm  makes the other implementation
    WarmUp(long work, T plain, Supplier<T> warm) {
        this.left = new AtomicLong(work);
        this.plain = plain;
        this.warm = warm;
    }

    /// The product for overlapping pieces of a signal: plain loops, then the fastest that this JVM can run.
    public static WarmUp<SlidingProduct> ofProduct() {
        return new WarmUp<>(PRODUCT_WORK, new ScalarSlidingProduct(), Backends::fastestProduct);
    }

    /// The steps of Fourier transforms, likewise.
    public static WarmUp<Butterflies> ofButterflies() {
        return new WarmUp<>(BUTTERFLY_WORK, new ScalarButterflies(), Backends::fastestButterflies);
    }

    /// What does the next work.
    ///
    /// @param work in a unit of its own
    public T next(long work) {
        if (left.get() > 0) {
            left.addAndGet(-work);
            return plain;
        }
        T other = made;
        if (other == null) {
            other = warm.get();
            made = other;
        }
        return other;
    }
}
