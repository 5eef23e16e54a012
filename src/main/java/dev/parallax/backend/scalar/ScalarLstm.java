package dev.parallax.backend.scalar;

import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.Recurrence;

/// The LSTM in plain loops: one sequence after the other, one step after the other. The formulas are in
/// [dev.parallax.backend.Backend#lstm]; `docs/lstm-backward.md` derives the gradient from them.
final class ScalarLstm {

    private ScalarLstm() {}

    static void forward(
            Recurrence sizes,
            HostBuffer projected,
            HostBuffer weightHh,
            HostBuffer biasHh,
            HostBuffer gates,
            HostBuffer out) {
        int H = sizes.hidden();
        Offsets offsets = sizes.offsets();
        int cells = out.offset + offsets.total() * H;
        float[] y = out.array;
        for (int i = 0; i < offsets.count(); i++) {
            for (int step = 0; step < offsets.length(i); step++) {
                int row = sizes.row(i, step);
                int previous = row + sizes.toPrevious();
                int gate = gates.offset + row * 4 * H;
                for (int u = 0; u < 4 * H; u++) {
                    float a = projected.array[projected.offset + row * 4 * H + u] + biasHh.array[biasHh.offset + u];
                    for (int h = 0; step > 0 && h < H; h++) {
                        a += weightHh.array[weightHh.offset + u * H + h] * y[out.offset + previous * H + h];
                    }
                    boolean isCandidate = u >= 2 * H && u < 3 * H;
                    gates.array[gate + u] = isCandidate ? (float) Math.tanh(a) : ScalarElementwise.sigmoid(a);
                }
                for (int h = 0; h < H; h++) {
                    float input = gates.array[gate + h];
                    float forget = gates.array[gate + H + h];
                    float candidate = gates.array[gate + 2 * H + h];
                    float output = gates.array[gate + 3 * H + h];
                    float before = step > 0 ? y[cells + previous * H + h] : 0;
                    float cell = forget * before + input * candidate;
                    y[cells + row * H + h] = cell;
                    y[out.offset + row * H + h] = output * (float) Math.tanh(cell);
                }
            }
        }
    }

    static void gradAdd(
            Recurrence sizes,
            HostBuffer weightHh,
            HostBuffer gates,
            HostBuffer out,
            HostBuffer dOut,
            HostBuffer dProjected,
            HostBuffer dWeightHh,
            HostBuffer dBiasHh) {
        int H = sizes.hidden();
        Offsets offsets = sizes.offsets();
        int cellsFrom = offsets.total() * H;
        float[] y = out.array;
        float[] da = new float[4 * H]; // gradient of the gates before their functions
        for (int i = 0; i < offsets.count(); i++) {
            float[] dh = new float[H]; // gradient that comes from the later step
            float[] dCell = new float[H];
            for (int step = offsets.length(i) - 1; step >= 0; step--) {
                int row = sizes.row(i, step);
                int previous = row + sizes.toPrevious();
                int gate = gates.offset + row * 4 * H;
                for (int h = 0; h < H; h++) {
                    float input = gates.array[gate + h];
                    float forget = gates.array[gate + H + h];
                    float candidate = gates.array[gate + 2 * H + h];
                    float output = gates.array[gate + 3 * H + h];
                    float before = step > 0 ? y[out.offset + cellsFrom + previous * H + h] : 0;
                    float tanhCell = (float) Math.tanh(y[out.offset + cellsFrom + row * H + h]);
                    float dHidden = dOut.array[dOut.offset + row * H + h] + dh[h];
                    float dC = dOut.array[dOut.offset + cellsFrom + row * H + h]
                            + dCell[h]
                            + dHidden * output * (1 - tanhCell * tanhCell);
                    da[h] = dC * candidate * input * (1 - input);
                    da[H + h] = dC * before * forget * (1 - forget);
                    da[2 * H + h] = dC * input * (1 - candidate * candidate);
                    da[3 * H + h] = dHidden * tanhCell * output * (1 - output);
                    dCell[h] = dC * forget;
                    dh[h] = 0;
                }
                for (int u = 0; u < 4 * H; u++) {
                    dProjected.array[dProjected.offset + row * 4 * H + u] += da[u];
                    dBiasHh.array[dBiasHh.offset + u] += da[u];
                    for (int h = 0; step > 0 && h < H; h++) {
                        dWeightHh.array[dWeightHh.offset + u * H + h] += da[u] * y[out.offset + previous * H + h];
                        dh[h] += da[u] * weightHh.array[weightHh.offset + u * H + h];
                    }
                }
            }
        }
    }
}
