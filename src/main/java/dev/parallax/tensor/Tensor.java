package dev.parallax.tensor;

import dev.parallax.ShapeException;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;

/// Numbers with a shape, on a backend: float32, row-major, contiguous.
///
/// @param backend where the numbers live
/// @param shape   their arrangement
/// @param buffer  the numbers, shape.count() of them
public record Tensor(Backend backend, Shape shape, Buffer buffer) {

    public Tensor {
        if (shape.count() != buffer.length()) {
            throw new ShapeException(
                    "tensor: shape " + shape + " has " + shape.count() + " elements, the buffer " + buffer.length());
        }
    }

    /// A tensor of these values, copied.
    public static Tensor of(Backend backend, Shape shape, float... values) {
        Tensor tensor = zeros(backend, shape);
        backend.upload(values, tensor.buffer);
        return tensor;
    }

    /// A new tensor of zeros.
    public static Tensor zeros(Backend backend, Shape shape) {
        return new Tensor(backend, shape, backend.allocate(shape.count()));
    }

    /// The values, copied to the host in row-major order.
    public float[] toArray() {
        float[] values = new float[shape.count()];
        backend.download(buffer, values);
        return values;
    }

    /// A view of the rows `from .. from + rows - 1` along the first axis.
    ///
    /// @throws ShapeException when they do not lie within
    public Tensor rows(int from, int rows) {
        if (shape.rank() == 0 || from < 0 || rows < 0 || from > shape.size(0) - rows) {
            throw new ShapeException("rows: " + rows + " rows from " + from + " do not lie within " + shape);
        }
        int[] sizes = shape.toArray();
        int stride = sizes[0] == 0 ? 0 : shape.count() / sizes[0];
        sizes[0] = rows;
        return new Tensor(backend, Shape.of(sizes), buffer.slice(from * stride, rows * stride));
    }
}
