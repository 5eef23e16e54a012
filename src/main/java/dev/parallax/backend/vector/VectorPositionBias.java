package dev.parallax.backend.vector;

import static dev.parallax.backend.HostBuffer.host;

import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.PositionBias;
import dev.parallax.backend.vector.Scratch.Area;
import java.util.Arrays;

/// The bias of scores by position in vectors, for the rows of one sequence and head after the other. A head's column of
/// the table is copied once, so that the biases of a query lie side by side. The formulas are in
/// [dev.parallax.backend.Backend#biasedAttention].
final class VectorPositionBias {

    private static final HostBuffer NOTHING = new HostBuffer(new float[0], 0, 0);

    private final AttentionSizes sizes;
    private final PositionBias bias;
    private final HostBuffer table;
    private final HostBuffer gate;
    private final HostBuffer dTable;
    private final HostBuffer dGate;
    private final float[] column; // of query t and key j: [length - 1 + j - t]
    private final float[] dColumn;
    private final float[] room;

    private int sequence;
    private int head;

    /// For a pass forward.
    VectorPositionBias(Scratch scratch, AttentionSizes sizes, PositionBias bias) {
        this(scratch, sizes, bias, NOTHING, NOTHING);
    }

    /// For a pass backward, which adds to `dTable` and `dGate`.
    VectorPositionBias(Scratch scratch, AttentionSizes sizes, PositionBias bias, Buffer dTable, Buffer dGate) {
        this.sizes = sizes;
        this.bias = bias;
        this.table = host(bias.table());
        this.gate = host(bias.gate());
        this.dTable = host(dTable);
        this.dGate = host(dGate);
        int distances = 2 * sizes.keys().longest();
        this.column = scratch.take(Area.POSITIONS, distances);
        this.dColumn = scratch.take(Area.D_POSITIONS, distances);
        this.room = scratch.take(Area.LANES, Lanes.COUNT);
    }

    /// Begins with the rows of a sequence and head.
    void begin(int i, int ofHead) {
        sequence = i;
        head = ofHead;
        for (int distance = 0; distance < distances(); distance++) {
            column[distance] = table.array[table.offset + inTable(distance)];
        }
        Arrays.fill(dColumn, 0, distances(), 0);
    }

    /// Ends with them in a pass backward: what they add to the gradient of the table.
    void end() {
        for (int distance = 0; distance < distances(); distance++) {
            dTable.array[dTable.offset + inTable(distance)] += dColumn[distance];
        }
    }

    private int distances() {
        return 2 * sizes.keys().length(sequence) - 1;
    }

    private int inTable(int distance) {
        int nearest = bias.reach() - (sizes.keys().length(sequence) - 1);
        return (nearest + distance) * sizes.heads() + head;
    }

    private int inGate(int t) {
        return (sizes.queries().start(sequence) + t) * sizes.heads() + head;
    }

    /// Where the bias of query `t` for the first key that has one lies in the column.
    private int first(int t) {
        return sizes.keys().length(sequence) - 1 + bias.free() - t;
    }

    /// From Q Kᵀ to S for query `t` and the keys that it reads, in place. The values beyond them, up to a whole vector,
    /// are multiplied by the scale alone.
    void scores(int t, int read, float[] scores, int at) {
        VectorRows.scaleInPlace(sizes.scale(), scores, at, Lanes.padded(read));
        if (t >= bias.free()) {
            float factor = gate.array[gate.offset + inGate(t)];
            VectorElementwise.scaleAdd(factor, column, first(t), scores, at + bias.free(), read - bias.free());
        }
    }

    /// Adds to the gradients of table and gate what follows from dS of query `t`.
    void gradAdd(int t, int read, float[] dScores, int at) {
        if (t >= bias.free()) {
            int from = at + bias.free();
            int count = read - bias.free();
            float factor = gate.array[gate.offset + inGate(t)];
            VectorElementwise.scaleAdd(factor, dScores, from, dColumn, first(t), count);
            dGate.array[dGate.offset + inGate(t)] +=
                    (float) VectorReductions.dot(dScores, from, column, first(t), count, room);
        }
    }
}
