package dev.parallax.backend.vector;

import dev.parallax.backend.Buffer;
import dev.parallax.backend.ConvolutionSizes;
import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.MatrixView;
import dev.parallax.backend.vector.Scratch.Area;
import java.util.Arrays;
import java.util.function.Supplier;

/// Convolution along time as products of matrices, without a copy of each window: in a matrix that lies row by row,
/// `kernel` rows are one piece of memory, and so are those of the next window, `stride` rows further. Read as a
/// matrix, the windows are rows that overlap. Only where there are groups or padding, the rows of some windows at a
/// time are copied, each once, next to each other.
///
/// The terms of a sum are in the order of those rows: W is packed so, for each group.
/// A row of a product does not depend on the others ([VectorGemm]), so neither does a row of the result.
final class VectorConvolution {

    private static final int CHUNK = 1 << 15; // floats of the rows that are copied at a time: 128 KiB

    private final Scratch scratch;
    private final ConvolutionSizes sizes;
    private final int inputs; // of a group
    private final int outputs; // of a group
    private final int terms;
    private final int hop; // from one window to the next, in floats
    private final boolean inPlace;
    private final int rows; // windows of a chunk

    VectorConvolution(Scratch scratch, ConvolutionSizes sizes) {
        this.scratch = scratch;
        this.sizes = sizes;
        this.inputs = sizes.inputsOfGroup();
        this.outputs = sizes.outputsOfGroup();
        this.terms = sizes.terms();
        this.hop = sizes.stride() * inputs;
        this.inPlace = sizes.groups() == 1 && sizes.padding() == 0;
        this.rows = Math.max(Tile.ROWS, (CHUNK - terms) / hop);
    }

    /// A product with the windows of a chunk.
    private interface Product {
        /// @param first   the first window, counted over all sequences
        /// @param windows [count, terms]
        void with(int first, int count, MatrixView windows);
    }

    /// out += the convolution. Threads take a group each, or of a single one some windows at a time.
    static void add(
            Team team, Supplier<Scratch> scratch, ConvolutionSizes sizes, HostBuffer x, Buffer weight, HostBuffer out) {
        if (sizes.groups() > 1) {
            team.forEach(sizes.groups(), group -> {
                VectorConvolution own = new VectorConvolution(scratch.get(), sizes);
                PackedMatrix packed = own.packed(weight, group);
                own.eachChunk(x, group, (first, count, windows) -> own.add(packed, group, first, count, windows, out));
            });
            return;
        }
        VectorConvolution whole = new VectorConvolution(scratch.get(), sizes);
        PackedMatrix packed = whole.packed(weight, 0);
        for (int i = 0; i < sizes.in().count(); i++) {
            int sequence = i;
            long work = (long) whole.terms * whole.outputs;
            team.forEachPiece(sizes.out().length(i), TallTile.ROWS, work, (from, count) -> {
                VectorConvolution own = new VectorConvolution(scratch.get(), sizes);
                own.eachChunk(
                        x,
                        0,
                        sequence,
                        from,
                        count,
                        (first, some, windows) -> own.add(packed, 0, first, some, windows, out));
            });
        }
    }

    private void add(PackedMatrix packed, int group, int first, int count, MatrixView windows, HostBuffer out) {
        int to = out.offset + first * sizes.outputs() + group * outputs;
        packed.multiply(scratch, count, windows, true, out.array, to, sizes.outputs());
    }

    private PackedMatrix packed(Buffer weight, int group) {
        if (weight instanceof PackedWeight whole) {
            return whole.part(group);
        }
        HostBuffer plain = HostBuffer.host(weight);
        float[] ordered = scratch.take(Area.WEIGHT, outputs * terms);
        ordered(plain.array, plain.offset + group * outputs * terms, outputs, inputs, sizes.kernel(), ordered);
        MatrixView byTerm = new MatrixView(ordered, 0, 1, terms);
        return PackedMatrix.pack(scratch, Area.WEIGHT_PANELS, byTerm, terms, outputs);
    }

    /// W [outputs, inputs, kernel] as [outputs, kernel, inputs]: each output's terms in the order of its windows.
    static float[] ordered(float[] weight, int from, int outputs, int inputs, int kernel, float[] ordered) {
        for (int o = 0; o < outputs; o++) {
            int first = o * inputs * kernel;
            for (int f = 0; f < inputs; f++) {
                for (int j = 0; j < kernel; j++) {
                    ordered[first + j * inputs + f] = weight[from + first + f * kernel + j];
                }
            }
        }
        return ordered;
    }

    void weightGradAdd(HostBuffer x, HostBuffer dy, HostBuffer dWeight) {
        for (int group = 0; group < sizes.groups(); group++) {
            int column = group * outputs;
            float[] ordered = scratch.takeZero(Area.WEIGHT, outputs * terms);
            eachChunk(x, group, (first, count, windows) -> {
                int from = dy.offset + first * sizes.outputs() + column;
                MatrixView gradient = MatrixView.rows(dy.array, from, sizes.outputs());
                MatrixView transposed = gradient.transposed();
                VectorGemm.multiply(scratch, outputs, terms, count, transposed, windows, true, ordered, 0, terms);
            });
            for (int o = 0; o < outputs; o++) {
                for (int f = 0; f < inputs; f++) {
                    int to = dWeight.offset + ((column + o) * inputs + f) * sizes.kernel();
                    for (int j = 0; j < sizes.kernel(); j++) {
                        dWeight.array[to + j] += ordered[o * terms + j * inputs + f];
                    }
                }
            }
        }
    }

    /// One product for each row j of a window: the windows that have it inside of the sequence, times W[:, :, j].
    void inputGradAdd(HostBuffer weight, HostBuffer dy, HostBuffer dx) {
        float[] ofRow = scratch.take(Area.WEIGHT, outputs * inputs);
        for (int group = 0; group < sizes.groups(); group++) {
            for (int j = 0; j < sizes.kernel(); j++) {
                int column = group * outputs;
                for (int at = 0; at < outputs * inputs; at++) {
                    ofRow[at] = weight.array[weight.offset + (column * inputs + at) * sizes.kernel() + j];
                }
                MatrixView byOutput = MatrixView.rows(ofRow, 0, inputs);
                PackedMatrix packed = PackedMatrix.pack(scratch, Area.WEIGHT_PANELS, byOutput, outputs, inputs);
                for (int i = 0; i < sizes.in().count(); i++) {
                    int first = sizes.firstWindow(j);
                    int count = sizes.endWindow(i, j) - first;
                    if (count > 0) {
                        int from = dy.offset + (sizes.out().start(i) + first) * sizes.outputs() + column;
                        int source = sizes.in().start(i) + first * sizes.stride() + j - sizes.padding();
                        int to = dx.offset + source * sizes.inputs() + group * inputs;
                        MatrixView gradient = MatrixView.rows(dy.array, from, sizes.outputs());
                        packed.multiply(scratch, count, gradient, true, dx.array, to, sizes.stride() * sizes.inputs());
                    }
                }
            }
        }
    }

    private void eachChunk(HostBuffer x, int group, Product product) {
        for (int i = 0; i < sizes.in().count(); i++) {
            eachChunk(x, group, i, 0, sizes.out().length(i), product);
        }
    }

    /// The same for some windows of sequence `i`.
    private void eachChunk(HostBuffer x, int group, int i, int firstWindow, int windows, Product product) {
        if (inPlace) {
            int from = x.offset + sizes.in().start(i) * inputs + firstWindow * hop;
            product.with(sizes.out().start(i) + firstWindow, windows, MatrixView.rows(x.array, from, hop));
            return;
        }
        for (int done = 0; done < windows; done += rows) {
            int from = firstWindow + done;
            int count = Math.min(rows, windows - done);
            product.with(sizes.out().start(i) + from, count, copied(x, group, i, from, count));
        }
    }

    /// The windows `from` to `from + count - 1` of a sequence, with zeros outside of it.
    private MatrixView copied(HostBuffer x, int group, int i, int from, int count) {
        int length = (count - 1) * sizes.stride() + sizes.kernel();
        float[] copy = scratch.take(Area.WINDOWS, length * inputs);
        int first = from * sizes.stride() - sizes.padding();
        int begin = Math.clamp(-first, 0, length);
        int end = Math.clamp(sizes.in().length(i) - first, begin, length);
        Arrays.fill(copy, 0, begin * inputs, 0);
        for (int r = begin; r < end; r++) {
            int source = x.offset + (sizes.in().start(i) + first + r) * sizes.inputs() + group * inputs;
            System.arraycopy(x.array, source, copy, r * inputs, inputs);
        }
        Arrays.fill(copy, end * inputs, length * inputs, 0);
        return MatrixView.rows(copy, 0, hop);
    }
}
