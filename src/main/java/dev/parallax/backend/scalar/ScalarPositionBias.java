package dev.parallax.backend.scalar;

import static dev.parallax.backend.HostBuffer.host;

import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.PositionBias;

/// The bias of scores by position, one score at a time; the formulas are in
/// [dev.parallax.backend.Backend#biasedAttention].
final class ScalarPositionBias {

    private static final HostBuffer NOTHING = new HostBuffer(new float[0], 0, 0);

    private final AttentionSizes sizes;
    private final PositionBias bias;
    private final HostBuffer table;
    private final HostBuffer gate;
    private final HostBuffer dTable;
    private final HostBuffer dGate;

    /// For a pass forward.
    ScalarPositionBias(AttentionSizes sizes, PositionBias bias) {
        this(sizes, bias, NOTHING, NOTHING);
    }

    /// For a pass backward, which adds to `dTable` and `dGate`.
    ScalarPositionBias(AttentionSizes sizes, PositionBias bias, Buffer dTable, Buffer dGate) {
        this.sizes = sizes;
        this.bias = bias;
        this.table = host(bias.table());
        this.gate = host(bias.gate());
        this.dTable = host(dTable);
        this.dGate = host(dGate);
    }

    private int inTable(int t, int j, int head) {
        return (bias.reach() + j - t) * sizes.heads() + head;
    }

    private int inGate(int i, int t, int head) {
        return (sizes.queries().start(i) + t) * sizes.heads() + head;
    }

    /// The bias of query `t` and key `j` of sequence `i`.
    float of(int i, int t, int j, int head) {
        return bias.covers(t, j)
                ? gate.array[gate.offset + inGate(i, t, head)] * table.array[table.offset + inTable(t, j, head)]
                : 0;
    }

    /// Adds to the gradients of table and gate what follows from that of the score.
    void gradAdd(int i, int t, int j, int head, float dScore) {
        if (bias.covers(t, j)) {
            int inTable = inTable(t, j, head);
            int inGate = inGate(i, t, head);
            dTable.array[dTable.offset + inTable] += dScore * gate.array[gate.offset + inGate];
            dGate.array[dGate.offset + inGate] += dScore * table.array[table.offset + inTable];
        }
    }
}
