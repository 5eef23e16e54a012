package dev.parallax.backend.vector;

import static dev.parallax.backend.HostBuffer.host;

import dev.parallax.backend.AdamSettings;
import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.ConvolutionSizes;
import dev.parallax.backend.DoubleBits;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.HostBuffer;
import dev.parallax.backend.MatrixView;
import dev.parallax.backend.Memory;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.PositionBias;
import dev.parallax.backend.Recurrence;
import dev.parallax.backend.SgdSettings;
import dev.parallax.backend.scalar.ScalarBackend;
import java.util.function.Function;

/// The kernels in vectors, through the Vector API (`jdk.incubator.vector`): the `Vector...` families. What it does not
/// override is [ScalarBackend]'s. [dev.parallax.backend.select.Backends] makes it, after checking that it can run.
///
/// Two guarantees hold for every kernel of its own. The result for one row, or one sequence, does not depend on its
/// neighbours, bit for bit. The order of every sum is fixed, so the same call gives the same bits, on any thread.
public final class VectorBackend extends ScalarBackend {

    private final ThreadLocal<Scratch> scratch;
    private final Team team;

    public VectorBackend() {
        this.scratch = ThreadLocal.withInitial(Scratch::new);
        this.team = Team.ALONE;
    }

    private VectorBackend(VectorBackend of, Team team) {
        super(of);
        this.scratch = of.scratch;
        this.team = team;
    }

    /// Bits per vector on this machine.
    public static int width() {
        return Lanes.FLOATS.vectorBitSize();
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public String description() {
        return "backend=vector width=" + width() + " fma=yes jdk=" + Runtime.version();
    }

    @Override
    public <T> T onThreads(int threads, Function<Backend, T> work) {
        try (Team helping = new Team(threads)) {
            return work.apply(new VectorBackend(this, helping));
        }
    }

    @Override
    public Buffer packed(Memory memory, float[] weight, int n, int k, int parts) {
        return PackedWeight.pack(memory, weight, n, k, parts);
    }

    @Override
    public Buffer packedKernel(Memory memory, float[] weight, int outputs, int inputsOfGroup, int kernel, int groups) {
        float[] ordered =
                VectorConvolution.ordered(weight, 0, outputs, inputsOfGroup, kernel, new float[weight.length]);
        return PackedWeight.pack(memory, ordered, outputs, inputsOfGroup * kernel, groups);
    }

    @Override
    public void add(Buffer x, Buffer y, Buffer out) {
        team.forEachPiece(
                out.length(),
                Lanes.COUNT,
                1,
                (from, count) -> VectorElementwise.add(
                        host(x).slice(from, count),
                        host(y).slice(from, count),
                        host(out).slice(from, count)));
    }

    @Override
    public void scaleAdd(float alpha, Buffer x, Buffer out) {
        VectorElementwise.scaleAdd(alpha, host(x), host(out));
    }

    @Override
    public void scaleInPlace(float alpha, Buffer x) {
        VectorElementwise.scaleInPlace(alpha, host(x));
    }

    @Override
    public void multiply(Buffer x, Buffer y, Buffer out) {
        VectorElementwise.multiply(host(x), host(y), host(out));
    }

    @Override
    public void multiplyAdd(Buffer x, Buffer y, Buffer out) {
        VectorElementwise.multiplyAdd(host(x), host(y), host(out));
    }

    @Override
    public void tanh(Buffer x, Buffer out) {
        VectorElementwise.tanh(scratch.get(), host(x), host(out));
    }

    @Override
    public void tanhGradAdd(Buffer y, Buffer dy, Buffer dx) {
        VectorElementwise.tanhGradAdd(host(y), host(dy), host(dx));
    }

    @Override
    public void sigmoid(Buffer x, Buffer out) {
        VectorElementwise.sigmoid(scratch.get(), host(x), host(out));
    }

    @Override
    public void sigmoidGradAdd(Buffer y, Buffer dy, Buffer dx) {
        VectorElementwise.sigmoidGradAdd(host(y), host(dy), host(dx));
    }

    @Override
    public void relu(Buffer x, Buffer out) {
        VectorElementwise.relu(host(x), host(out));
    }

    @Override
    public void reluGradAdd(Buffer y, Buffer dy, Buffer dx) {
        VectorElementwise.reluGradAdd(host(y), host(dy), host(dx));
    }

    @Override
    public void gelu(Buffer x, Buffer out) {
        team.forEachPiece(
                out.length(),
                Lanes.COUNT,
                8,
                (from, count) -> VectorElementwise.gelu(
                        scratch.get(), host(x).slice(from, count), host(out).slice(from, count)));
    }

    @Override
    public void geluGradAdd(Buffer x, Buffer dy, Buffer dx) {
        VectorElementwise.geluGradAdd(scratch.get(), host(x), host(dy), host(dx));
    }

    @Override
    public void sumOfSquares(Buffer x, Buffer out) {
        DoubleBits.put(VectorElementwise.sumOfSquares(host(x)), host(out));
    }

    @Override
    public void dropoutAdd(Buffer x, Offsets offsets, int features, DropoutMask mask, Buffer out) {
        VectorDropout.add(scratch.get(), host(x), offsets, features, mask, host(out));
    }

    @Override
    public void gemm(
            int m,
            int n,
            int k,
            Buffer a,
            boolean transposeA,
            Buffer b,
            boolean transposeB,
            boolean accumulate,
            Buffer out) {
        MatrixView left = MatrixView.of(host(a), m, k, transposeA);
        HostBuffer to = host(out);
        if (b instanceof PackedWeight weight) {
            if (!transposeB) {
                throw new IllegalArgumentException("gemm: a packed weight is multiplied transposed");
            }
            weight.multiply(team, scratch::get, m, left, accumulate, to);
            return;
        }
        MatrixView right = MatrixView.of(host(b), k, n, transposeB);
        team.forEachPiece(n, VectorGemm.TILE_COLUMNS, (long) m * k, (from, count) -> {
            MatrixView part = right.part(0, from);
            VectorGemm.multiply(scratch.get(), m, count, k, left, part, accumulate, to.array, to.offset + from, n);
        });
    }

    @Override
    public void convolutionAdd(ConvolutionSizes sizes, Buffer x, Buffer weight, Buffer out) {
        VectorConvolution.add(team, scratch::get, sizes, host(x), weight, host(out));
    }

    @Override
    public void convolutionInputGradAdd(ConvolutionSizes sizes, Buffer weight, Buffer dy, Buffer dx) {
        new VectorConvolution(scratch.get(), sizes).inputGradAdd(host(weight), host(dy), host(dx));
    }

    @Override
    public void convolutionWeightGradAdd(ConvolutionSizes sizes, Buffer x, Buffer dy, Buffer dWeight) {
        new VectorConvolution(scratch.get(), sizes).weightGradAdd(host(x), host(dy), host(dWeight));
    }

    @Override
    public void lstm(Recurrence sizes, Buffer projected, Buffer weightHh, Buffer biasHh, Buffer gates, Buffer out) {
        VectorLstm.forward(scratch.get(), sizes, host(projected), host(weightHh), host(biasHh), host(gates), host(out));
    }

    @Override
    public void lstmGradAdd(
            Recurrence sizes,
            Buffer weightHh,
            Buffer gates,
            Buffer out,
            Buffer dOut,
            Buffer dProjected,
            Buffer dWeightHh,
            Buffer dBiasHh) {
        VectorLstm.gradAdd(
                scratch.get(),
                sizes,
                host(weightHh),
                host(gates),
                host(out),
                host(dOut),
                host(dProjected),
                host(dWeightHh),
                host(dBiasHh));
    }

    @Override
    public void softmax(Buffer x, int rows, Buffer out) {
        VectorRows.softmax(scratch.get(), host(x), rows, host(out));
    }

    @Override
    public void softmaxGradAdd(Buffer y, Buffer dy, int rows, Buffer dx) {
        VectorRows.softmaxGradAdd(scratch.get(), host(y), host(dy), rows, host(dx));
    }

    @Override
    public void logSoftmax(Buffer x, int rows, Buffer out) {
        VectorRows.logSoftmax(scratch.get(), host(x), rows, host(out));
    }

    @Override
    public void logSoftmaxGradAdd(Buffer y, Buffer dy, int rows, Buffer dx) {
        VectorRows.logSoftmaxGradAdd(scratch.get(), host(y), host(dy), rows, host(dx));
    }

    @Override
    public void layerNorm(Buffer x, Buffer gamma, Buffer beta, float epsilon, int rows, Buffer stats, Buffer out) {
        int columns = gamma.length();
        team.forEachPiece(rows, 1, 4L * columns, (from, count) -> {
            HostBuffer some = host(x).slice(from * columns, count * columns);
            HostBuffer ofSome = host(stats).slice(2 * from, 2 * count);
            HostBuffer to = host(out).slice(from * columns, count * columns);
            VectorLayerNorm.forward(scratch.get(), some, host(gamma), host(beta), epsilon, count, ofSome, to);
        });
    }

    @Override
    public void layerNormGradAdd(
            Buffer x, Buffer gamma, Buffer stats, Buffer dy, int rows, Buffer dx, Buffer dGamma, Buffer dBeta) {
        VectorLayerNorm.gradAdd(
                scratch.get(), host(x), host(gamma), host(stats), host(dy), rows, host(dx), host(dGamma), host(dBeta));
    }

    @Override
    public void sumRowsAdd(Buffer x, int rows, Buffer out) {
        VectorRows.sumRowsAdd(host(x), rows, host(out));
    }

    @Override
    public void copyColumnsAdd(
            int rows, int width, Buffer x, int xColumns, int xFrom, Buffer out, int outColumns, int outFrom) {
        VectorRows.copyColumnsAdd(rows, width, host(x), xColumns, xFrom, host(out), outColumns, outFrom);
    }

    @Override
    public void scatterRowsAdd(Buffer dy, int[] ids, int features, Buffer dTable) {
        VectorRows.scatterRowsAdd(host(dy), ids, features, host(dTable));
    }

    @Override
    public void sequenceMean(Buffer x, Offsets offsets, int features, Buffer out) {
        VectorSequences.mean(host(x), offsets, features, host(out));
    }

    @Override
    public void sequenceMeanGradAdd(Buffer dy, Offsets offsets, int features, Buffer dx) {
        VectorSequences.meanGradAdd(scratch.get(), host(dy), offsets, features, host(dx));
    }

    @Override
    public void sequenceMax(Buffer x, Offsets offsets, int features, Buffer out) {
        VectorSequences.max(host(x), offsets, features, host(out));
    }

    @Override
    public void gru(Recurrence sizes, Buffer projected, Buffer weightHh, Buffer biasHh, Buffer gates, Buffer out) {
        VectorGru.forward(scratch.get(), sizes, host(projected), host(weightHh), host(biasHh), host(gates), host(out));
    }

    @Override
    public void gruGradAdd(
            Recurrence sizes,
            Buffer weightHh,
            Buffer gates,
            Buffer out,
            Buffer dOut,
            Buffer dProjected,
            Buffer dWeightHh,
            Buffer dBiasHh) {
        VectorGru.gradAdd(
                scratch.get(),
                sizes,
                host(weightHh),
                host(gates),
                host(out),
                host(dOut),
                host(dProjected),
                host(dWeightHh),
                host(dBiasHh));
    }

    @Override
    public void attention(
            AttentionSizes sizes, Buffer q, Buffer k, Buffer v, DropoutMask mask, Buffer logSumExp, Buffer out) {
        team.forEachPiece(sizes.queries().count() * sizes.heads(), 1, workOfHead(sizes), (from, count) -> {
            VectorAttention some = new VectorAttention(scratch.get(), sizes, host(q), host(k), host(v), null, mask);
            some.forward(from, count, host(logSumExp), host(out));
        });
    }

    /// Multiply-adds of an attention for each sequence and head.
    private static long workOfHead(AttentionSizes sizes) {
        return 2L * sizes.queries().longest() * sizes.keys().longest() * sizes.headWidth();
    }

    @Override
    public void adam(
            AdamSettings settings, Buffer gradient, Buffer firstMoment, Buffer secondMoment, Buffer parameter) {
        VectorOptimizers.adam(settings, host(gradient), host(firstMoment), host(secondMoment), host(parameter));
    }

    @Override
    public void sgd(SgdSettings settings, Buffer gradient, Buffer velocity, Buffer parameter) {
        VectorOptimizers.sgd(settings, host(gradient), host(velocity), host(parameter));
    }

    @Override
    public void attentionGradAdd(
            AttentionSizes sizes,
            Buffer q,
            Buffer k,
            Buffer v,
            DropoutMask mask,
            Buffer logSumExp,
            Buffer out,
            Buffer dOut,
            Buffer dq,
            Buffer dk,
            Buffer dv) {
        VectorAttentionGrad gradient = new VectorAttentionGrad(
                scratch.get(), sizes, host(q), host(k), host(v), null, mask, host(logSumExp), host(out), host(dOut));
        gradient.addTo(host(dq), host(dk), host(dv));
    }

    @Override
    public void biasedAttention(
            AttentionSizes sizes,
            Buffer q,
            Buffer k,
            Buffer v,
            PositionBias bias,
            DropoutMask mask,
            Buffer logSumExp,
            Buffer out) {
        team.forEachPiece(sizes.queries().count() * sizes.heads(), 1, workOfHead(sizes), (from, count) -> {
            VectorPositionBias positions = new VectorPositionBias(scratch.get(), sizes, bias);
            VectorAttention some =
                    new VectorAttention(scratch.get(), sizes, host(q), host(k), host(v), positions, mask);
            some.forward(from, count, host(logSumExp), host(out));
        });
    }

    @Override
    public void biasedAttentionGradAdd(
            AttentionSizes sizes,
            Buffer q,
            Buffer k,
            Buffer v,
            PositionBias bias,
            DropoutMask mask,
            Buffer logSumExp,
            Buffer out,
            Buffer dOut,
            Buffer dq,
            Buffer dk,
            Buffer dv,
            Buffer dTable,
            Buffer dGate) {
        VectorPositionBias positions = new VectorPositionBias(scratch.get(), sizes, bias, dTable, dGate);
        VectorAttentionGrad gradient = new VectorAttentionGrad(
                scratch.get(),
                sizes,
                host(q),
                host(k),
                host(v),
                positions,
                mask,
                host(logSumExp),
                host(out),
                host(dOut));
        gradient.addTo(host(dq), host(dk), host(dv));
    }
}
