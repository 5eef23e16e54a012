package dev.parallax.backend.scalar;

import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.Recurrence;

/// The GRU in plain loops: one sequence after the other, one step after the other. The formulas are in
/// [dev.parallax.backend.Backend#gru].
final class ScalarGru {

    private ScalarGru() {}

    static void forward(
            Recurrence sizes,
            HostBuffer projected,
            HostBuffer weightHh,
            HostBuffer biasHh,
            HostBuffer gates,
            HostBuffer out) {
        int H = sizes.hidden();
        Offsets offsets = sizes.offsets();
        float[] y = out.array;
        float[] hiddenPart = new float[3 * H];
        for (int i = 0; i < offsets.count(); i++) {
            for (int step = 0; step < offsets.length(i); step++) {
                int row = sizes.row(i, step);
                int previous = row + sizes.toPrevious();
                int in = projected.offset + row * 3 * H;
                int gate = gates.offset + row * 4 * H;
                for (int u = 0; u < 3 * H; u++) {
                    float sum = biasHh.array[biasHh.offset + u];
                    for (int h = 0; step > 0 && h < H; h++) {
                        sum += weightHh.array[weightHh.offset + u * H + h] * y[out.offset + previous * H + h];
                    }
                    hiddenPart[u] = sum;
                }
                for (int h = 0; h < H; h++) {
                    float reset = ScalarElementwise.sigmoid(projected.array[in + h] + hiddenPart[h]);
                    float update = ScalarElementwise.sigmoid(projected.array[in + H + h] + hiddenPart[H + h]);
                    float candidate =
                            (float) Math.tanh(projected.array[in + 2 * H + h] + reset * hiddenPart[2 * H + h]);
                    float before = step > 0 ? y[out.offset + previous * H + h] : 0;
                    gates.array[gate + h] = reset;
                    gates.array[gate + H + h] = update;
                    gates.array[gate + 2 * H + h] = candidate;
                    gates.array[gate + 3 * H + h] = hiddenPart[2 * H + h];
                    y[out.offset + row * H + h] = (1 - update) * candidate + update * before;
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
        float[] y = out.array;
        float[] da = new float[3 * H]; // gradient of projected
        float[] dHiddenPart = new float[3 * H]; // gradient of U h' + c: differs in the block n, by the reset gate
        for (int i = 0; i < offsets.count(); i++) {
            float[] dh = new float[H]; // gradient that comes from the later step
            for (int step = offsets.length(i) - 1; step >= 0; step--) {
                int row = sizes.row(i, step);
                int previous = row + sizes.toPrevious();
                int gate = gates.offset + row * 4 * H;
                for (int h = 0; h < H; h++) {
                    float reset = gates.array[gate + h];
                    float update = gates.array[gate + H + h];
                    float candidate = gates.array[gate + 2 * H + h];
                    float hiddenN = gates.array[gate + 3 * H + h];
                    float before = step > 0 ? y[out.offset + previous * H + h] : 0;
                    float d = dOut.array[dOut.offset + row * H + h] + dh[h];
                    float dCandidate = d * (1 - update) * (1 - candidate * candidate);
                    da[h] = dCandidate * hiddenN * reset * (1 - reset);
                    da[H + h] = d * (before - candidate) * update * (1 - update);
                    da[2 * H + h] = dCandidate;
                    dHiddenPart[h] = da[h];
                    dHiddenPart[H + h] = da[H + h];
                    dHiddenPart[2 * H + h] = dCandidate * reset;
                    dh[h] = d * update;
                }
                for (int u = 0; u < 3 * H; u++) {
                    dProjected.array[dProjected.offset + row * 3 * H + u] += da[u];
                    dBiasHh.array[dBiasHh.offset + u] += dHiddenPart[u];
                    for (int h = 0; step > 0 && h < H; h++) {
                        dWeightHh.array[dWeightHh.offset + u * H + h] +=
                                dHiddenPart[u] * y[out.offset + previous * H + h];
                        dh[h] += dHiddenPart[u] * weightHh.array[weightHh.offset + u * H + h];
                    }
                }
            }
        }
    }
}
