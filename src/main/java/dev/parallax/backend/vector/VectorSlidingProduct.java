package dev.parallax.backend.vector;

import dev.parallax.backend.MatrixView;
import dev.parallax.backend.SlidingProduct;

/// The product by [VectorGemm]: its left matrix is read where it lies, so rows may overlap.
public final class VectorSlidingProduct implements SlidingProduct {

    private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

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
        VectorGemm.multiply(
                SCRATCH.get(),
                rows,
                columns,
                terms,
                MatrixView.rows(x, at, hop),
                MatrixView.rows(taps, 0, columns),
                false,
                out,
                to,
                stride);
    }
}
