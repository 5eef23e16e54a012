package dev.parallax.tensor;

import dev.parallax.ShapeException;
import java.util.Arrays;

/// The sizes of a tensor, outermost first: `[rows, columns]` is row-major.
public final class Shape {

    private final int[] sizes;
    private final int count;

    private Shape(int[] sizes) {
        this.sizes = sizes;
        long product = 1;
        for (int size : sizes) {
            if (size < 0) {
                throw new ShapeException("shape " + Arrays.toString(sizes) + ": a size is negative");
            }
            product *= size;
            if (product > Integer.MAX_VALUE) {
                throw new ShapeException("shape " + Arrays.toString(sizes) + ": more elements than 2^31 - 1");
            }
        }
        this.count = (int) product;
    }

    /// A shape of these sizes; none for a single number.
    public static Shape of(int... sizes) {
        return new Shape(sizes.clone());
    }

    /// Number of axes.
    public int rank() {
        return sizes.length;
    }

    /// Size along an axis, from 0.
    public int size(int axis) {
        return sizes[axis];
    }

    /// Number of elements.
    public int count() {
        return count;
    }

    /// Size of the last axis; 1 for a single number.
    public int columns() {
        return sizes.length == 0 ? 1 : sizes[sizes.length - 1];
    }

    /// Product of all axes but the last: how many rows a matrix of these elements has.
    public int rows() {
        return columns() == 0 ? 0 : count / columns();
    }

    /// The sizes, copied.
    public int[] toArray() {
        return sizes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape that && Arrays.equals(sizes, that.sizes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sizes);
    }

    /// For example `[32, 40]`.
    @Override
    public String toString() {
        return Arrays.toString(sizes);
    }
}
