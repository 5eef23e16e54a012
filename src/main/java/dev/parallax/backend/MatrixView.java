package dev.parallax.backend;

/// A matrix inside an array, row by row or column by column: element (i, j) lies at
/// offset + i · rowStride + j · columnStride, and one of the strides is 1.
public final class MatrixView {

    public final float[] array;
    final int offset;
    public final int rowStride;
    public final int columnStride;

    public MatrixView(float[] array, int offset, int rowStride, int columnStride) {
        if (rowStride != 1 && columnStride != 1) {
            throw new IllegalArgumentException("neither rows nor columns lie in one piece");
        }
        this.array = array;
        this.offset = offset;
        this.rowStride = rowStride;
        this.columnStride = columnStride;
    }

    /// A matrix stored row after row, `stride` floats from one row to the next.
    public static MatrixView rows(float[] array, int offset, int stride) {
        return new MatrixView(array, offset, stride, 1);
    }

    /// The matrix [rows, columns] that a buffer holds as it is or, transposed, as [columns, rows].
    public static MatrixView of(HostBuffer buffer, int rows, int columns, boolean transposed) {
        return transposed
                ? new MatrixView(buffer.array, buffer.offset, 1, rows)
                : new MatrixView(buffer.array, buffer.offset, columns, 1);
    }

    /// The part that begins at row `i` and column `j`.
    public MatrixView part(int i, int j) {
        return new MatrixView(array, at(i, j), rowStride, columnStride);
    }

    public MatrixView transposed() {
        return new MatrixView(array, offset, columnStride, rowStride);
    }

    public int at(int i, int j) {
        return offset + i * rowStride + j * columnStride;
    }
}
