package dev.parallax.backend;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// Memory and kernels; a kernel is the inner loop of one operation. All matrices are row-major and contiguous;
/// `[rows, columns]` in a comment is the layout of a buffer. `d...` is a gradient.
///
/// Destinations come last. A kernel named `...Add` adds to its destinations, all others overwrite them. Unless a
/// kernel says so, its destinations share no storage with its sources.
///
/// Lists of ints or of class weights are host arrays; a device keeps a copy of what it has read.
///
/// Callers check shapes (the operations in `autograd` do); kernels do not.
public interface Backend extends AutoCloseable {

    /// The names of all kernels: the methods except those that describe a backend or end something.
    static Set<String> kernels() {
        Set<String> kernels = new TreeSet<>();
        for (Method method : Backend.class.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                kernels.add(method.getName());
            }
        }
        kernels.removeAll(Set.of(
                "name",
                "description",
                "ownKernels",
                "wantsWholeBatches",
                "onThreads",
                "allocate",
                "packed",
                "packedKernel",
                "liveBytes",
                "close"));
        return kernels;
    }

    // ---- what it is ----

    /// `scalar`, `vector`, ...
    String name();

    /// One line for people: name, vector width, fused multiply-add, JDK.
    String description();

    /// Names of the kernels that are this backend's own; the others are the scalar ones.
    Set<String> ownKernels();

    /// Whether it works best on a whole batch at once, called by one thread, as a device does.
    default boolean wantsWholeBatches() {
        return false;
    }

    /// Does some work with kernels that are each cut over several threads, which end with it: for one text or
    /// one recording alone. The memory is that of this backend, the results are the same bits. A backend that
    /// cannot cut its kernels does the work as it is.
    ///
    /// @param threads at least 1, the caller among them
    /// @param work    calls kernels on one thread at a time
    default <T> T onThreads(int threads, Function<Backend, T> work) {
        return work.apply(this);
    }

    // ---- memory ----

    /// New memory, for buffers that end before the backend does.
    Memory memory();

    /// A new buffer of zeros that lives as long as the backend. What ends before is allocated in a [#memory].
    Buffer allocate(int length);

    /// A weight W [n, k] that will not change, in the form in which this backend computes products x Wᵀ fastest:
    /// the argument b of a [#gemm] that transposes it, and of nothing else. The bits of the product are those
    /// with the plain weight. A backend without such a form keeps the plain one.
    ///
    /// @param memory owns the copy
    /// @param parts  of equal numbers of rows: a slice of the result is one of them, or several
    default Buffer packed(Memory memory, float[] weight, int n, int k, int parts) {
        Buffer plain = memory.allocate(weight.length);
        upload(weight, plain);
        return plain;
    }

    /// The same of the weight W [outputs, inputsOfGroup, kernel] of a convolution, for [#convolutionAdd] alone.
    ///
    /// @param memory owns the copy
    default Buffer packedKernel(Memory memory, float[] weight, int outputs, int inputsOfGroup, int kernel, int groups) {
        Buffer plain = memory.allocate(weight.length);
        upload(weight, plain);
        return plain;
    }

    /// Bytes of all buffers whose memory is not closed.
    long liveBytes();

    /// Gives back all memory; no buffer may be used any more.
    @Override
    void close();

    /// Says which lists of ints kernels will soon read, such as ids and where sequences begin: a device gets those
    /// that it does not have yet in one transfer. It changes no result, and a host does nothing.
    void announce(int[]... lists);

    /// Copies host values into a buffer of the same length.
    void upload(float[] from, Buffer out);

    /// Copies host values one part after the other into a buffer that they fill: one transfer on a device.
    void uploadAll(List<float[]> parts, Buffer out);

    /// Copies a buffer into a host array of the same length.
    void download(Buffer x, float[] out);

    /// out = x.
    void copy(Buffer x, Buffer out);

    /// out = value, everywhere.
    void fill(float value, Buffer out);

    // ---- element by element ----

    /// out = x + y. `out` may be `x`.
    void add(Buffer x, Buffer y, Buffer out);

    /// out += alpha · x.
    void scaleAdd(float alpha, Buffer x, Buffer out);

    /// x *= alpha.
    void scaleInPlace(float alpha, Buffer x);

    /// out = x · y, element by element.
    void multiply(Buffer x, Buffer y, Buffer out);

    /// out += x · y, element by element.
    void multiplyAdd(Buffer x, Buffer y, Buffer out);

    /// out = tanh(x).
    void tanh(Buffer x, Buffer out);

    /// dx += dy · (1 - y²), y = tanh(x).
    void tanhGradAdd(Buffer y, Buffer dy, Buffer dx);

    /// out = 1 / (1 + exp(-x)).
    void sigmoid(Buffer x, Buffer out);

    /// dx += dy · y · (1 - y), y = sigmoid(x).
    void sigmoidGradAdd(Buffer y, Buffer dy, Buffer dx);

    /// out = max(x, 0).
    void relu(Buffer x, Buffer out);

    /// dx += dy where y > 0, y = relu(x).
    void reluGradAdd(Buffer y, Buffer dy, Buffer dx);

    /// out = x Φ(x) with Φ(x) = (1 + erf(x / √2)) / 2, the Gaussian error linear unit in its exact form.
    /// Source: Hendrycks and Gimpel 2016.
    void gelu(Buffer x, Buffer out);

    /// dx += dy · (Φ(x) + x φ(x)) with φ(x) = exp(-x² / 2) / √(2π).
    void geluGradAdd(Buffer x, Buffer dy, Buffer dx);

    /// out = the sum of squares, accumulated in double in the order of the elements (in fixed blocks).
    ///
    /// @param out receives a double ([DoubleBits]): 2 values, from an even place of their storage on
    /// @throws dev.parallax.ShapeException when `out` is not
    void sumOfSquares(Buffer x, Buffer out);

    /// x *= maxNorm / norm where norm = sqrt(sumOfSquares) is larger than maxNorm; nothing for maxNorm = 0.
    ///
    /// @param sumOfSquares what [#sumOfSquares] has written
    void clipByNorm(double maxNorm, Buffer sumOfSquares, Buffer x);

    /// out += mask ∘ x over a ragged batch x [total, features]. It is its own gradient: dx += mask ∘ dy.
    void dropoutAdd(Buffer x, Offsets offsets, int features, DropoutMask mask, Buffer out);

    // ---- matrices ----

    /// out = op(a) · op(b), or += with `accumulate`; op transposes or not.
    /// op(a) [m, k], op(b) [k, n], out [m, n]; a is stored [m, k] or, transposed, [k, m]; b [k, n] or [n, k].
    /// Each element of the result is one sum over k in a fixed order that depends on k alone: neighbouring rows and
    /// columns never matter.
    void gemm(
            int m,
            int n,
            int k,
            Buffer a,
            boolean transposeA,
            Buffer b,
            boolean transposeB,
            boolean accumulate,
            Buffer out);

    /// `out[r, c] = bias[c]`: every row of out [rows, columns] becomes the bias.
    void broadcastRow(Buffer bias, int rows, Buffer out);

    /// `out[c]` += sum over r of x[r, c]; x [rows, columns].
    void sumRowsAdd(Buffer x, int rows, Buffer out);

    /// Copies a block of columns: out[r, outFrom + c] = x[r, xFrom + c] for c < width.
    /// x [rows, xColumns], out [rows, outColumns].
    void copyColumns(int rows, int width, Buffer x, int xColumns, int xFrom, Buffer out, int outColumns, int outFrom);

    /// The same, adding.
    void copyColumnsAdd(
            int rows, int width, Buffer x, int xColumns, int xFrom, Buffer out, int outColumns, int outFrom);

    // ---- row by row ----

    /// out = softmax of each row, shifted by the row's maximum; x [rows, columns].
    void softmax(Buffer x, int rows, Buffer out);

    /// dx += y · (dy - sum over the row of y · dy), y = softmax(x).
    void softmaxGradAdd(Buffer y, Buffer dy, int rows, Buffer dx);

    /// out = x - log sum exp(x), row by row.
    void logSoftmax(Buffer x, int rows, Buffer out);

    /// dx += dy - exp(y) · sum over the row of dy, y = logSoftmax(x).
    void logSoftmaxGradAdd(Buffer y, Buffer dy, int rows, Buffer dx);

    /// Layer normalisation: out = gamma · (x - mean) / sqrt(variance + epsilon) + beta, mean and (biased) variance of
    /// each row; x [rows, columns], gamma and beta `[columns]`.
    ///
    /// @param stats receives [rows, 2]: mean and 1 / sqrt(variance + epsilon)
    void layerNorm(Buffer x, Buffer gamma, Buffer beta, float epsilon, int rows, Buffer stats, Buffer out);

    /// Its gradient. With xhat = (x - mean) · rstd and g = dy · gamma:
    /// dx += rstd · (g - mean(g) - xhat · mean(g · xhat)), dGamma += sum dy · xhat, dBeta += sum dy.
    void layerNormGradAdd(
            Buffer x, Buffer gamma, Buffer stats, Buffer dy, int rows, Buffer dx, Buffer dGamma, Buffer dBeta);

    /// Cross-entropy with class weights and label smoothing, summed over rows:
    /// out[0] = scale · sum_r sum_c -q[r,c] · logSoftmax(logits)[r,c] with
    /// `q[r,c] = (1 - smoothing) · w[c] · [c = label_r] + smoothing / C · w[c]`.
    ///
    /// @param probabilities receives softmax(logits) [rows, classes], for the gradient
    void crossEntropy(
            Buffer logits,
            int[] labels,
            float[] classWeights,
            float smoothing,
            float scale,
            Buffer probabilities,
            Buffer out);

    /// dLogits[r,c] += dy[0] · scale · (p[r,c] · sum_c q[r,c] - q[r,c]).
    void crossEntropyGradAdd(
            Buffer probabilities,
            int[] labels,
            float[] classWeights,
            float smoothing,
            float scale,
            Buffer dy,
            Buffer dLogits);

    // ---- rows by index ----

    /// `out[i] = table[ids[i]]`; table [entries, features], out [ids, features].
    void gatherRows(Buffer table, int[] ids, int features, Buffer out);

    /// `dTable[ids[i]] += dy[i]`, in the order of i.
    void scatterRowsAdd(Buffer dy, int[] ids, int features, Buffer dTable);

    // ---- sequence by sequence ----

    /// `out[i]` = mean of the rows of sequence i; x [total, features], out [count, features].
    void sequenceMean(Buffer x, Offsets offsets, int features, Buffer out);

    /// `dx[t] += dy[i] / length(i)` for every row t of sequence i.
    void sequenceMeanGradAdd(Buffer dy, Offsets offsets, int features, Buffer dx);

    /// out[i, f] = largest x[t, f] over the rows t of sequence i.
    void sequenceMax(Buffer x, Offsets offsets, int features, Buffer out);

    /// dx[t, f] += dy[i, f] at the first row t of sequence i where x[t, f] is the maximum.
    void sequenceMaxGradAdd(Buffer x, Buffer dy, Offsets offsets, int features, Buffer dx);

    /// out += the convolution of x with W ([ConvolutionSizes] has its formula).
    /// Each sum is over the same terms in the same order at every place, the zeros of the padding among them.
    ///
    /// @param x      [in.total, inputs]
    /// @param weight W [outputs, inputsOfGroup, kernel]
    /// @param out    [out.total, outputs]
    void convolutionAdd(ConvolutionSizes sizes, Buffer x, Buffer weight, Buffer out);

    /// dx[t · stride + j - padding, F + f] += sum over the outputs o of the group of W[o, f, j] · dy[t, o], for all
    /// windows t and rows j inside of the sequence.
    void convolutionInputGradAdd(ConvolutionSizes sizes, Buffer weight, Buffer dy, Buffer dx);

    /// dW[o, f, j] += sum over t of dy[t, o] · x[t · stride + j - padding, F + f].
    void convolutionWeightGradAdd(ConvolutionSizes sizes, Buffer x, Buffer dy, Buffer dWeight);

    /// Normalisation of each column of each sequence over time: out = gamma · (x - mean) / sqrt(variance + epsilon)
    /// + beta with the mean and the (biased) variance of the rows of its sequence; x [total, columns], gamma and
    /// beta `[columns]`. Also called group normalisation with as many groups as columns.
    /// Source: Ulyanov et al. 2016.
    ///
    /// @param stats receives [count, 2, columns]: means and 1 / sqrt(variance + epsilon) of each sequence
    void instanceNorm(Buffer x, Offsets offsets, Buffer gamma, Buffer beta, float epsilon, Buffer stats, Buffer out);

    /// Its gradient. With xhat = (x - mean) · rstd and g = dy · gamma, means over the rows of the sequence:
    /// dx += rstd · (g - mean(g) - xhat · mean(g · xhat)), dGamma += sum dy · xhat, dBeta += sum dy.
    void instanceNormGradAdd(
            Buffer x, Offsets offsets, Buffer gamma, Buffer stats, Buffer dy, Buffer dx, Buffer dGamma, Buffer dBeta);

    // ---- recurrent networks ----

    /// LSTM over whole sequences, state zero before the first step. With a = projected + U h' + c at each step:
    /// i, f, o = sigmoid(a_i, a_f, a_o), g = tanh(a_g), cell = f · cell' + i · g, h = o · tanh(cell).
    /// Source: Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000; gates i f g o.
    ///
    /// @param projected W x + b [total, 4H]
    /// @param weightHh  U [4H, H]
    /// @param biasHh    c [4H]
    /// @param gates     receives the activated i, f, g, o [total, 4H]
    /// @param out       receives h [total, H], then cell [total, H]
    void lstm(Recurrence sizes, Buffer projected, Buffer weightHh, Buffer biasHh, Buffer gates, Buffer out);

    /// Its gradient, through time. `dOut` [2 · total, H] holds the gradients of h and cell.
    void lstmGradAdd(
            Recurrence sizes,
            Buffer weightHh,
            Buffer gates,
            Buffer out,
            Buffer dOut,
            Buffer dProjected,
            Buffer dWeightHh,
            Buffer dBiasHh);

    /// GRU over whole sequences, state zero before the first step:
    /// r, z = sigmoid(projected + U h' + c), n = tanh(projected_n + r · (U_n h' + c_n)), h = (1 - z) · n + z · h'.
    /// Source: Cho et al. 2014, in PyTorch's variant (reset after the product) and order r, z, n.
    ///
    /// @param projected W x + b [total, 3H]
    /// @param weightHh  U [3H, H]
    /// @param biasHh    c [3H]
    /// @param gates     receives r, z, n and U_n h' + c_n [total, 4H]
    /// @param out       receives h [total, H]
    void gru(Recurrence sizes, Buffer projected, Buffer weightHh, Buffer biasHh, Buffer gates, Buffer out);

    /// Its gradient, through time. `dOut` [total, H].
    void gruGradAdd(
            Recurrence sizes,
            Buffer weightHh,
            Buffer gates,
            Buffer out,
            Buffer dOut,
            Buffer dProjected,
            Buffer dWeightHh,
            Buffer dBiasHh);

    // ---- attention ----

    /// Scaled dot-product attention, per head and sequence. With S = Q Kᵀ / sqrt(d) and P = softmax(S):
    /// out = (mask ∘ P) V.
    /// Never stores queries × keys. A causal query has no scores with the keys after its own; its softmax runs over
    /// the others. So nothing in a later row, not even a NaN, reaches its output.
    /// Source: Vaswani et al. 2017; the saved log-sum-exp and the gradient without P follow Dao et al. 2022.
    ///
    /// @param q            [queries.total, D]
    /// @param k            [keys.total, D]
    /// @param v            [keys.total, D]
    /// @param out          [queries.total, D]
    /// @param logSumExp    receives log sum_j exp(S_ij) [queries.total, heads]
    void attention(AttentionSizes sizes, Buffer q, Buffer k, Buffer v, DropoutMask mask, Buffer logSumExp, Buffer out);

    /// Its gradient. With P from `logSumExp`, M the mask, D_i = dOut_i · out_i:
    /// dV += (M ∘ P)ᵀ dOut, dS = P ∘ (M ∘ (dOut Vᵀ) - D), dQ += dS K / sqrt(d), dK += dSᵀ Q / sqrt(d).
    void attentionGradAdd(
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
            Buffer dv);

    /// [#attention] within each sequence, with a bias by position: S[t, j] = scale · q_t · k_j + gate[t, h] ·
    /// table[reach + j - t, h], and no bias where t < free or j < free, see [PositionBias].
    ///
    /// @param sizes with the same offsets for queries and keys
    void biasedAttention(
            AttentionSizes sizes,
            Buffer q,
            Buffer k,
            Buffer v,
            PositionBias bias,
            DropoutMask mask,
            Buffer logSumExp,
            Buffer out);

    /// Its gradient: that of [#attentionGradAdd], and with the same dS, where there is a bias:
    /// dTable[reach + j - t, h] += dS[t, j] · gate[t, h], dGate[t, h] += sum_j dS[t, j] · table[reach + j - t, h].
    void biasedAttentionGradAdd(
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
            Buffer dGate);

    /// The weights P of [#attention], for inspection: the mean over heads, one block [queries, keys] per sequence, one
    /// block after the other. The weight of a key that is not read is 0.
    void attentionWeights(AttentionSizes sizes, Buffer q, Buffer k, Buffer out);

    // ---- optimiser steps ----

    /// One step of Adam (Kingma and Ba 2015) or AdamW (Loshchilov and Hutter 2019) over flat buffers. With
    /// g = gradient + weightDecay · parameter (Adam) or parameter -= lr · weightDecay · parameter first (AdamW):
    /// m = beta1 m + (1-beta1) g, v = beta2 v + (1-beta2) g²,
    /// parameter -= lr / (1-beta1^t) · m / (sqrt(v) / sqrt(1-beta2^t) + epsilon).
    void adam(AdamSettings settings, Buffer gradient, Buffer firstMoment, Buffer secondMoment, Buffer parameter);

    /// One step of gradient descent: g = gradient + weightDecay · parameter; velocity = momentum · velocity + g (the
    /// first step: g); parameter -= lr · velocity, or lr · (g + momentum · velocity) with Nesterov.
    void sgd(SgdSettings settings, Buffer gradient, Buffer velocity, Buffer parameter);
}
