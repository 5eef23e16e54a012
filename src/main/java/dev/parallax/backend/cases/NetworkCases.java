package dev.parallax.backend.cases;

import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.PositionBias;
import dev.parallax.backend.Recurrence;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The cases of [KernelCases] for recurrent networks, in both directions, and attention, with and without dropout,
/// over all keys and causal, with and without a bias by position.
final class NetworkCases {

    private static final int HEADS = 2;

    private NetworkCases() {}

    static void addTo(Map<String, Consumer<CaseInputs>> cases) {
        cases.put("lstm", in -> recurrent(in, 4));
        cases.put("gru", in -> recurrent(in, 3));
        cases.put("lstmGradAdd", in -> recurrentGrad(in, 4));
        cases.put("gruGradAdd", in -> recurrentGrad(in, 3));
        cases.put("attention", in -> attention(in, false));
        cases.put("biasedAttention", in -> attention(in, true));
        cases.put("attentionGradAdd", in -> {
            for (Attention call : Attention.variants(in, false)) {
                attentionGrad(in, call);
            }
        });
        cases.put("biasedAttentionGradAdd", in -> {
            for (Attention call : Attention.variants(in, true)) {
                attentionGrad(in, call);
            }
        });
        cases.put("attentionWeights", in -> {
            for (boolean causal : new boolean[] {false, true}) {
                Attention call = new Attention(in, causal, 0, false);
                Buffer weights = in.allocate(call.sizes.weightCount());
                in.backend.attentionWeights(call.sizes, call.q, call.k, weights);
                in.result(weights, call.width);
            }
        });
    }

    private static void recurrent(CaseInputs in, int gateCount) {
        int H = in.size;
        for (boolean reverse : new boolean[] {false, true}) {
            Recurrence sizes = new Recurrence(in.ragged(), H, reverse);
            int total = sizes.offsets().total();
            Buffer gates = in.allocate(total * 4 * H);
            Buffer out = in.allocate(total * H * (gateCount == 4 ? 2 : 1));
            Buffer projected = in.normal(total * gateCount * H);
            Buffer weight = in.normal(gateCount * H * H, 1 / Math.sqrt(H));
            Buffer bias = in.normal(gateCount * H);
            if (gateCount == 4) {
                in.backend.lstm(sizes, projected, weight, bias, gates, out);
            } else {
                in.backend.gru(sizes, projected, weight, bias, gates, out);
            }
            in.result(gates, H * sizes.offsets().longest());
            in.result(out, H * sizes.offsets().longest());
        }
    }

    private static void recurrentGrad(CaseInputs in, int gateCount) {
        int H = in.size;
        for (boolean reverse : new boolean[] {false, true}) {
            Recurrence sizes = new Recurrence(in.ragged(), H, reverse);
            int total = sizes.offsets().total();
            int outputs = total * H * (gateCount == 4 ? 2 : 1);
            Buffer weight = in.normal(gateCount * H * H, 1 / Math.sqrt(H));
            Buffer gates = in.uniform(total * 4 * H, 0, 1);
            Buffer out = in.normal(outputs);
            Buffer dOut = in.normal(outputs);
            Buffer dProjected = in.normal(total * gateCount * H);
            Buffer dWeight = in.normal(gateCount * H * H);
            Buffer dBias = in.normal(gateCount * H);
            if (gateCount == 4) {
                in.backend.lstmGradAdd(sizes, weight, gates, out, dOut, dProjected, dWeight, dBias);
            } else {
                in.backend.gruGradAdd(sizes, weight, gates, out, dOut, dProjected, dWeight, dBias);
            }
            in.result(dProjected, H * sizes.offsets().longest());
            in.result(dWeight, H * sizes.offsets().longest() + total);
            in.result(dBias, H * sizes.offsets().longest() + total);
        }
    }

    private static void attention(CaseInputs in, boolean biased) {
        for (Attention call : Attention.variants(in, biased)) {
            in.result(call.logSumExp, call.width + call.longest);
            in.result(call.out, call.width + call.longest);
        }
    }

    private static void attentionGrad(CaseInputs in, Attention call) {
        int queries = call.sizes.queries().total() * call.width;
        int keys = call.sizes.keys().total() * call.width;
        Buffer dOut = in.normal(queries);
        Buffer dq = in.normal(queries);
        Buffer dk = in.normal(keys);
        Buffer dv = in.normal(keys);
        if (call.bias == null) {
            in.backend.attentionGradAdd(
                    call.sizes, call.q, call.k, call.v, call.mask, call.logSumExp, call.out, dOut, dq, dk, dv);
        } else {
            Buffer dTable = in.normal(call.bias.table().length());
            Buffer dGate = in.normal(call.bias.gate().length());
            in.backend.biasedAttentionGradAdd(
                    call.sizes,
                    call.q,
                    call.k,
                    call.v,
                    call.bias,
                    call.mask,
                    call.logSumExp,
                    call.out,
                    dOut,
                    dq,
                    dk,
                    dv,
                    dTable,
                    dGate);
            in.result(dTable, call.width + call.longest + call.sizes.queries().total());
            in.result(dGate, call.width + call.longest);
        }
        in.result(dq, call.width + call.longest);
        in.result(dk, call.width + call.longest);
        in.result(dv, call.width + call.longest);
    }

    /// Inputs and results of one attention over sequences of different lengths, one longer than a tile of the vector
    /// backend.
    private static final class Attention {

        final AttentionSizes sizes;
        final int width;
        final int longest;
        final DropoutMask mask;
        final Buffer q;
        final Buffer k;
        final Buffer v;
        final @Nullable PositionBias bias;
        final Buffer logSumExp;
        final Buffer out;

        static List<Attention> variants(CaseInputs in, boolean biased) {
            return List.of(
                    new Attention(in, false, 0, biased),
                    new Attention(in, false, 0.2f, biased),
                    new Attention(in, true, 0, biased),
                    new Attention(in, true, 0.2f, biased));
        }

        Attention(CaseInputs in, boolean causal, float dropout, boolean biased) {
            this.width = HEADS * in.size;
            boolean self = causal || biased;
            Offsets queries = Offsets.ofLengths(self ? in.size : 2, 37, 1);
            Offsets keys = self ? queries : Offsets.ofLengths(in.size, 1, 5);
            this.sizes = new AttentionSizes(queries, keys, width, HEADS, causal);
            this.longest = Math.max(queries.longest(), keys.longest());
            this.mask = new DropoutMask(dropout, 3, 1, 4, 1);
            this.q = in.normal(queries.total() * width);
            this.k = in.normal(keys.total() * width);
            this.v = in.normal(keys.total() * width);
            this.logSumExp = in.allocate(queries.total() * HEADS);
            this.out = in.allocate(queries.total() * width);
            if (biased) {
                int reach = longest + 1; // one more than is needed
                Buffer table = in.normal((2 * reach + 1) * HEADS);
                // the sequence of one row has no bias at all
                this.bias = new PositionBias(table, in.normal(queries.total() * HEADS), reach, 2);
                in.backend.biasedAttention(sizes, q, k, v, bias, mask, logSumExp, out);
            } else {
                this.bias = null;
                in.backend.attention(sizes, q, k, v, mask, logSumExp, out);
            }
        }
    }
}
