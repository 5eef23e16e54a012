package dev.parallax.backend.scalar;

import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.HostBuffer;
import org.jspecify.annotations.Nullable;

/// Attention in plain loops: one sequence, one head, one query row at a time, so that no more than one row of
/// weights ever exists. A bias by position may be absent. The formulas are in [dev.parallax.backend.Backend#attention]
/// and derived in
/// `docs/attention.md`.
final class ScalarAttention {

    private ScalarAttention() {}

    /// The weights of query row `t` of sequence `i` before dropout: out[j] = softmax_j(scale · q · k_j + bias) over the
    /// keys that it reads.
    ///
    /// @return log sum_j exp(scale · q · k_j + bias)
    private static double weights(
            AttentionSizes sizes,
            HostBuffer q,
            HostBuffer k,
            @Nullable ScalarPositionBias bias,
            int i,
            int head,
            int t,
            float[] out) {
        int d = sizes.headWidth();
        int keys = sizes.keysRead(i, t);
        int atQ = q.offset + (sizes.queries().start(i) + t) * sizes.width() + head * d;
        float max = Float.NEGATIVE_INFINITY;
        for (int j = 0; j < keys; j++) {
            int atK = k.offset + (sizes.keys().start(i) + j) * sizes.width() + head * d;
            float dot = 0;
            for (int c = 0; c < d; c++) {
                dot += q.array[atQ + c] * k.array[atK + c];
            }
            out[j] = dot * sizes.scale();
            if (bias != null) {
                out[j] += bias.of(i, t, j, head);
            }
            max = Math.max(max, out[j]);
        }
        double sum = 0;
        for (int j = 0; j < keys; j++) {
            double value = Math.exp(out[j] - max);
            out[j] = (float) value;
            sum += value;
        }
        for (int j = 0; j < keys; j++) {
            out[j] = (float) (out[j] / sum);
        }
        return max + Math.log(sum);
    }

    static void forward(
            AttentionSizes sizes,
            HostBuffer q,
            HostBuffer k,
            HostBuffer v,
            @Nullable ScalarPositionBias bias,
            DropoutMask mask,
            HostBuffer logSumExp,
            HostBuffer out) {
        int d = sizes.headWidth();
        float[] weights = new float[sizes.keys().longest()];
        float[] factors = new float[sizes.keys().longest()];
        int[] block = new int[4];
        for (int i = 0; i < sizes.queries().count(); i++) {
            for (int t = 0; t < sizes.queries().length(i); t++) {
                for (int head = 0; head < sizes.heads(); head++) {
                    int row = sizes.queries().start(i) + t;
                    int keys = sizes.keysRead(i, t);
                    double logSum = weights(sizes, q, k, bias, i, head, t, weights);
                    logSumExp.array[logSumExp.offset + row * sizes.heads() + head] = (float) logSum;
                    mask.row(i, t * sizes.heads() + head, keys, factors, block);
                    for (int c = 0; c < d; c++) {
                        float sum = 0;
                        for (int j = 0; j < keys; j++) {
                            int atV = v.offset + (sizes.keys().start(i) + j) * sizes.width() + head * d;
                            sum += weights[j] * factors[j] * v.array[atV + c];
                        }
                        out.array[out.offset + row * sizes.width() + head * d + c] = sum;
                    }
                }
            }
        }
    }

    static void gradAdd(
            AttentionSizes sizes,
            HostBuffer q,
            HostBuffer k,
            HostBuffer v,
            @Nullable ScalarPositionBias bias,
            DropoutMask mask,
            HostBuffer out,
            HostBuffer dOut,
            HostBuffer dq,
            HostBuffer dk,
            HostBuffer dv) {
        int d = sizes.headWidth();
        float[] weights = new float[sizes.keys().longest()];
        float[] factors = new float[sizes.keys().longest()];
        int[] block = new int[4];
        for (int i = 0; i < sizes.queries().count(); i++) {
            for (int t = 0; t < sizes.queries().length(i); t++) {
                for (int head = 0; head < sizes.heads(); head++) {
                    int row = sizes.queries().start(i) + t;
                    int at = row * sizes.width() + head * d;
                    int keys = sizes.keysRead(i, t);
                    weights(sizes, q, k, bias, i, head, t, weights);
                    mask.row(i, t * sizes.heads() + head, keys, factors, block);
                    float dotOut = 0; // D_i
                    for (int c = 0; c < d; c++) {
                        dotOut += dOut.array[dOut.offset + at + c] * out.array[out.offset + at + c];
                    }
                    for (int j = 0; j < keys; j++) {
                        int atKey = (sizes.keys().start(i) + j) * sizes.width() + head * d;
                        float dWeight = 0;
                        for (int c = 0; c < d; c++) {
                            float dO = dOut.array[dOut.offset + at + c];
                            dWeight += dO * v.array[v.offset + atKey + c];
                            dv.array[dv.offset + atKey + c] += weights[j] * factors[j] * dO;
                        }
                        float dScore = weights[j] * (factors[j] * dWeight - dotOut);
                        if (bias != null) {
                            bias.gradAdd(i, t, j, head, dScore);
                        }
                        float dProduct = dScore * sizes.scale();
                        for (int c = 0; c < d; c++) {
                            dq.array[dq.offset + at + c] += dProduct * k.array[k.offset + atKey + c];
                            dk.array[dk.offset + atKey + c] += dProduct * q.array[q.offset + at + c];
                        }
                    }
                }
            }
        }
    }

    static void weights(AttentionSizes sizes, HostBuffer q, HostBuffer k, HostBuffer out) {
        float[] weights = new float[sizes.keys().longest()];
        int at = out.offset;
        for (int i = 0; i < sizes.queries().count(); i++) {
            for (int t = 0; t < sizes.queries().length(i); t++) {
                int keys = sizes.keys().length(i);
                for (int j = 0; j < keys; j++) {
                    out.array[at + j] = 0;
                }
                for (int head = 0; head < sizes.heads(); head++) {
                    weights(sizes, q, k, null, i, head, t, weights);
                    for (int j = 0; j < sizes.keysRead(i, t); j++) {
                        out.array[at + j] += weights[j] / sizes.heads();
                    }
                }
                at += keys;
            }
        }
    }
}
