package dev.parallax.backend.scalar;

import static dev.parallax.backend.HostBuffer.host;

import dev.parallax.ShapeException;
import dev.parallax.backend.AdamSettings;
import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.ConvolutionSizes;
import dev.parallax.backend.DoubleBits;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.HostMemory;
import dev.parallax.backend.Memory;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.PositionBias;
import dev.parallax.backend.Recurrence;
import dev.parallax.backend.SgdSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/// The reference: every kernel in plain loops, on the Java heap. It is what students read and what every other
/// backend is tested against. Runs on any JVM.
///
/// A faster host backend extends it and overrides the kernels that it computes in its own way.
public class ScalarBackend implements Backend {

    private final AtomicLong live;
    private final Memory lasting;

    public ScalarBackend() {
        this(new AtomicLong());
    }

    private ScalarBackend(AtomicLong live) {
        this.live = live;
        this.lasting = new HostMemory(live);
    }

    /// Another view of a backend: what is allocated here counts there.
    protected ScalarBackend(ScalarBackend of) {
        this(of.live);
    }

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public String description() {
        return "backend=scalar jdk=" + Runtime.version();
    }

    @Override
    public final String toString() {
        return name();
    }

    @Override
    public final Set<String> ownKernels() {
        Set<String> own = new TreeSet<>();
        Arrays.stream(getClass().getDeclaredMethods()).forEach(method -> own.add(method.getName()));
        own.retainAll(Backend.kernels());
        return own;
    }

    @Override
    public final Memory memory() {
        return new HostMemory(live);
    }

    @Override
    public final Buffer allocate(int length) {
        return lasting.allocate(length);
    }

    @Override
    public final long liveBytes() {
        return live.get();
    }

    @Override
    public final void close() {
        lasting.close();
    }

    @Override
    public final void announce(int[]... lists) {
        // kernels of the host read them where they are
    }

    @Override
    public final void upload(float[] from, Buffer out) {
        checkLength("upload", from.length, out.length());
        System.arraycopy(from, 0, host(out).array, host(out).offset, from.length);
    }

    @Override
    public final void uploadAll(List<float[]> parts, Buffer out) {
        int at = 0;
        for (float[] part : parts) {
            upload(part, out.slice(at, part.length));
            at += part.length;
        }
        checkLength("upload", at, out.length());
    }

    @Override
    public final void download(Buffer x, float[] out) {
        checkLength("download", x.length(), out.length);
        System.arraycopy(host(x).array, host(x).offset, out, 0, out.length);
    }

    private static void checkLength(String what, int from, int to) {
        if (from != to) {
            throw new ShapeException(what + ": " + from + " values do not fit into " + to);
        }
    }

    @Override
    public final void copy(Buffer x, Buffer out) {
        checkLength("copy", x.length(), out.length());
        System.arraycopy(host(x).array, host(x).offset, host(out).array, host(out).offset, x.length());
    }

    @Override
    public final void fill(float value, Buffer out) {
        Arrays.fill(host(out).array, host(out).offset, host(out).offset + out.length(), value);
    }

    @Override
    public void add(Buffer x, Buffer y, Buffer out) {
        ScalarElementwise.add(host(x), host(y), host(out));
    }

    @Override
    public void scaleAdd(float alpha, Buffer x, Buffer out) {
        ScalarElementwise.scaleAdd(alpha, host(x), host(out));
    }

    @Override
    public void scaleInPlace(float alpha, Buffer x) {
        ScalarElementwise.scaleInPlace(alpha, host(x));
    }

    @Override
    public void multiply(Buffer x, Buffer y, Buffer out) {
        ScalarElementwise.multiply(host(x), host(y), host(out));
    }

    @Override
    public void multiplyAdd(Buffer x, Buffer y, Buffer out) {
        ScalarElementwise.multiplyAdd(host(x), host(y), host(out));
    }

    @Override
    public void tanh(Buffer x, Buffer out) {
        ScalarElementwise.tanh(host(x), host(out));
    }

    @Override
    public void tanhGradAdd(Buffer y, Buffer dy, Buffer dx) {
        ScalarElementwise.tanhGradAdd(host(y), host(dy), host(dx));
    }

    @Override
    public void sigmoid(Buffer x, Buffer out) {
        ScalarElementwise.sigmoid(host(x), host(out));
    }

    @Override
    public void sigmoidGradAdd(Buffer y, Buffer dy, Buffer dx) {
        ScalarElementwise.sigmoidGradAdd(host(y), host(dy), host(dx));
    }

    @Override
    public void relu(Buffer x, Buffer out) {
        ScalarElementwise.relu(host(x), host(out));
    }

    @Override
    public void reluGradAdd(Buffer y, Buffer dy, Buffer dx) {
        ScalarElementwise.reluGradAdd(host(y), host(dy), host(dx));
    }

    @Override
    public void gelu(Buffer x, Buffer out) {
        ScalarElementwise.gelu(host(x), host(out));
    }

    @Override
    public void geluGradAdd(Buffer x, Buffer dy, Buffer dx) {
        ScalarElementwise.geluGradAdd(host(x), host(dy), host(dx));
    }

    @Override
    public void sumOfSquares(Buffer x, Buffer out) {
        DoubleBits.put(ScalarElementwise.sumOfSquares(host(x)), host(out));
    }

    @Override
    public void clipByNorm(double maxNorm, Buffer sumOfSquares, Buffer x) {
        double norm = Math.sqrt(DoubleBits.get(host(sumOfSquares)));
        if (maxNorm > 0 && norm > maxNorm) {
            scaleInPlace((float) (maxNorm / norm), x);
        }
    }

    @Override
    public void dropoutAdd(Buffer x, Offsets offsets, int features, DropoutMask mask, Buffer out) {
        ScalarElementwise.dropoutAdd(host(x), offsets, features, mask, host(out));
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
        ScalarMatrix.gemm(m, n, k, host(a), transposeA, host(b), transposeB, accumulate, host(out));
    }

    @Override
    public void broadcastRow(Buffer bias, int rows, Buffer out) {
        ScalarMatrix.broadcastRow(host(bias), rows, host(out));
    }

    @Override
    public void sumRowsAdd(Buffer x, int rows, Buffer out) {
        ScalarMatrix.sumRowsAdd(host(x), rows, host(out));
    }

    @Override
    public void copyColumns(
            int rows, int width, Buffer x, int xColumns, int xFrom, Buffer out, int outColumns, int outFrom) {
        ScalarMatrix.copyColumns(rows, width, host(x), xColumns, xFrom, host(out), outColumns, outFrom);
    }

    @Override
    public void copyColumnsAdd(
            int rows, int width, Buffer x, int xColumns, int xFrom, Buffer out, int outColumns, int outFrom) {
        ScalarMatrix.copyColumnsAdd(rows, width, host(x), xColumns, xFrom, host(out), outColumns, outFrom);
    }

    @Override
    public void softmax(Buffer x, int rows, Buffer out) {
        ScalarRows.softmax(host(x), rows, host(out));
    }

    @Override
    public void softmaxGradAdd(Buffer y, Buffer dy, int rows, Buffer dx) {
        ScalarRows.softmaxGradAdd(host(y), host(dy), rows, host(dx));
    }

    @Override
    public void logSoftmax(Buffer x, int rows, Buffer out) {
        ScalarRows.logSoftmax(host(x), rows, host(out));
    }

    @Override
    public void logSoftmaxGradAdd(Buffer y, Buffer dy, int rows, Buffer dx) {
        ScalarRows.logSoftmaxGradAdd(host(y), host(dy), rows, host(dx));
    }

    @Override
    public void layerNorm(Buffer x, Buffer gamma, Buffer beta, float epsilon, int rows, Buffer stats, Buffer out) {
        ScalarRows.layerNorm(host(x), host(gamma), host(beta), epsilon, rows, host(stats), host(out));
    }

    @Override
    public void layerNormGradAdd(
            Buffer x, Buffer gamma, Buffer stats, Buffer dy, int rows, Buffer dx, Buffer dGamma, Buffer dBeta) {
        ScalarRows.layerNormGradAdd(
                host(x), host(gamma), host(stats), host(dy), rows, host(dx), host(dGamma), host(dBeta));
    }

    @Override
    public void crossEntropy(
            Buffer logits,
            int[] labels,
            float[] classWeights,
            float smoothing,
            float scale,
            Buffer probabilities,
            Buffer out) {
        ScalarRows.crossEntropy(host(logits), labels, classWeights, smoothing, scale, host(probabilities), host(out));
    }

    @Override
    public void crossEntropyGradAdd(
            Buffer probabilities,
            int[] labels,
            float[] classWeights,
            float smoothing,
            float scale,
            Buffer dy,
            Buffer dLogits) {
        ScalarRows.crossEntropyGradAdd(
                host(probabilities), labels, classWeights, smoothing, scale, host(dy), host(dLogits));
    }

    @Override
    public void gatherRows(Buffer table, int[] ids, int features, Buffer out) {
        ScalarRows.gatherRows(host(table), ids, features, host(out));
    }

    @Override
    public void scatterRowsAdd(Buffer dy, int[] ids, int features, Buffer dTable) {
        ScalarRows.scatterRowsAdd(host(dy), ids, features, host(dTable));
    }

    @Override
    public void sequenceMean(Buffer x, Offsets offsets, int features, Buffer out) {
        ScalarSequences.mean(host(x), offsets, features, host(out));
    }

    @Override
    public void sequenceMeanGradAdd(Buffer dy, Offsets offsets, int features, Buffer dx) {
        ScalarSequences.meanGradAdd(host(dy), offsets, features, host(dx));
    }

    @Override
    public void sequenceMax(Buffer x, Offsets offsets, int features, Buffer out) {
        ScalarSequences.max(host(x), offsets, features, host(out));
    }

    @Override
    public void sequenceMaxGradAdd(Buffer x, Buffer dy, Offsets offsets, int features, Buffer dx) {
        ScalarSequences.maxGradAdd(host(x), host(dy), offsets, features, host(dx));
    }

    @Override
    public void convolutionAdd(ConvolutionSizes sizes, Buffer x, Buffer weight, Buffer out) {
        ScalarConvolution.add(sizes, host(x), host(weight), host(out));
    }

    @Override
    public void convolutionInputGradAdd(ConvolutionSizes sizes, Buffer weight, Buffer dy, Buffer dx) {
        ScalarConvolution.inputGradAdd(sizes, host(weight), host(dy), host(dx));
    }

    @Override
    public void convolutionWeightGradAdd(ConvolutionSizes sizes, Buffer x, Buffer dy, Buffer dWeight) {
        ScalarConvolution.weightGradAdd(sizes, host(x), host(dy), host(dWeight));
    }

    @Override
    public void instanceNorm(
            Buffer x, Offsets offsets, Buffer gamma, Buffer beta, float epsilon, Buffer stats, Buffer out) {
        ScalarInstanceNorm.forward(host(x), offsets, host(gamma), host(beta), epsilon, host(stats), host(out));
    }

    @Override
    public void instanceNormGradAdd(
            Buffer x, Offsets offsets, Buffer gamma, Buffer stats, Buffer dy, Buffer dx, Buffer dGamma, Buffer dBeta) {
        ScalarInstanceNorm.gradAdd(
                host(x), offsets, host(gamma), host(stats), host(dy), host(dx), host(dGamma), host(dBeta));
    }

    @Override
    public void lstm(Recurrence sizes, Buffer projected, Buffer weightHh, Buffer biasHh, Buffer gates, Buffer out) {
        ScalarLstm.forward(sizes, host(projected), host(weightHh), host(biasHh), host(gates), host(out));
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
        ScalarLstm.gradAdd(
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
    public void gru(Recurrence sizes, Buffer projected, Buffer weightHh, Buffer biasHh, Buffer gates, Buffer out) {
        ScalarGru.forward(sizes, host(projected), host(weightHh), host(biasHh), host(gates), host(out));
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
        ScalarGru.gradAdd(
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
        ScalarAttention.forward(sizes, host(q), host(k), host(v), null, mask, host(logSumExp), host(out));
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
        ScalarAttention.gradAdd(
                sizes, host(q), host(k), host(v), null, mask, host(out), host(dOut), host(dq), host(dk), host(dv));
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
        ScalarPositionBias positions = new ScalarPositionBias(sizes, bias);
        ScalarAttention.forward(sizes, host(q), host(k), host(v), positions, mask, host(logSumExp), host(out));
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
        ScalarPositionBias positions = new ScalarPositionBias(sizes, bias, dTable, dGate);
        ScalarAttention.gradAdd(
                sizes, host(q), host(k), host(v), positions, mask, host(out), host(dOut), host(dq), host(dk), host(dv));
    }

    @Override
    public void attentionWeights(AttentionSizes sizes, Buffer q, Buffer k, Buffer out) {
        ScalarAttention.weights(sizes, host(q), host(k), host(out));
    }

    @Override
    public void adam(
            AdamSettings settings, Buffer gradient, Buffer firstMoment, Buffer secondMoment, Buffer parameter) {
        ScalarOptimizers.adam(settings, host(gradient), host(firstMoment), host(secondMoment), host(parameter));
    }

    @Override
    public void sgd(SgdSettings settings, Buffer gradient, Buffer velocity, Buffer parameter) {
        ScalarOptimizers.sgd(settings, host(gradient), host(velocity), host(parameter));
    }
}
