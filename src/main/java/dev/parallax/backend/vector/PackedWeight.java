package dev.parallax.backend.vector;

import dev.parallax.ShapeException;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.MatrixView;
import dev.parallax.backend.Memory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// A weight W [n, k] as the panels in which [VectorGemm] reads Wᵀ, made once. They take the place of the
/// plain weight; each part is padded to whole panels of its own. Any number of threads may multiply by it.
final class PackedWeight implements Buffer {

    private final List<PackedMatrix> parts;
    private final int rows; // of W, in each part
    private final int k;

    private PackedWeight(List<PackedMatrix> parts, int rows, int k) {
        this.parts = parts;
        this.rows = rows;
        this.k = k;
    }

    /// Packs a weight; numbers that are all of bfloat16 take two bytes each.
    static PackedWeight pack(Memory memory, float[] weight, int n, int k, int parts) {
        int rows = n / parts;
        boolean inHalves = Bfloat16.hasAll(weight);
        int room = k * PackedMatrix.paddedColumns(rows) / (inHalves ? 2 : 1);
        HostBuffer panels = HostBuffer.host(memory.allocate(parts * room));
        List<PackedMatrix> packed = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            MatrixView transposed = new MatrixView(weight, part * rows * k, 1, k);
            int at = panels.offset + part * room;
            packed.add(
                    inHalves
                            ? PackedMatrix.packHalves(panels.array, at, transposed, k, rows)
                            : PackedMatrix.pack(panels.array, at, transposed, k, rows));
        }
        return new PackedWeight(packed, rows, k);
    }

    @Override
    public int length() {
        return parts.size() * rows * k;
    }

    @Override
    public Buffer slice(int offset, int length) {
        int each = rows * k;
        if (offset % each != 0 || length % each != 0 || offset < 0 || length < 0 || offset > length() - length) {
            throw new ShapeException("slice: " + length + " values from " + offset + " are not whole parts of " + each
                    + " of a packed weight of " + length());
        }
        return new PackedWeight(parts.subList(offset / each, (offset + length) / each), rows, k);
    }

    /// One of its parts.
    PackedMatrix part(int number) {
        return parts.get(number);
    }

    /// out = a · Wᵀ, or +=; a [m, k], out [m, n]. Threads take some panels at a time.
    void multiply(Team team, Supplier<Scratch> scratch, int m, MatrixView a, boolean accumulate, HostBuffer out) {
        int n = parts.size() * rows;
        for (int part = 0; part < parts.size(); part++) {
            PackedMatrix whole = parts.get(part);
            int to = out.offset + part * rows;
            team.forEachPiece(
                    rows,
                    VectorGemm.TILE_COLUMNS,
                    (long) m * k,
                    (from, count) -> whole.columns(from, count)
                            .multiply(scratch.get(), m, a, accumulate, out.array, to + from, n));
        }
    }
}
