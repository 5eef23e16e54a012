package dev.parallax.backend.device;

import static dev.parallax.backend.device.DeviceBuffer.onDevice;

import dev.parallax.BackendException;
import dev.parallax.ShapeException;
import dev.parallax.backend.AdamSettings;
import dev.parallax.backend.AttentionSizes;
import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.ConvolutionSizes;
import dev.parallax.backend.DropoutMask;
import dev.parallax.backend.Memory;
import dev.parallax.backend.Offsets;
import dev.parallax.backend.PositionBias;
import dev.parallax.backend.Recurrence;
import dev.parallax.backend.SgdSettings;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// All kernels on a [Device]; none is left to the host. A call returns before the device has done its work,
/// except one that brings values back. Calls of several threads are done one after the other.
///
/// gemm, exp, tanh, sigmoid, dropout, what works element by element and what chooses rows have the bits of the
/// vector backend; all others have bits of their own, the same on every device.
public final class DeviceBackend implements Backend {

    private static final long STAGED = 4 << 20; // bytes on their way to the device
    private static final int READ_AT_ONCE = 64 << 10; // floats: 256 KiB
    private static final long LANDING = (long) Float.BYTES * READ_AT_ONCE;

    private static final Cleaner CLEANER = Cleaner.create();
    private static final AtomicInteger OPEN = new AtomicInteger();

    private final Device device;
    private final Consumer<String> complaints;
    private final Heap heap;
    private final Staging staging;
    private final Launcher launcher;
    private final MemorySegment landing;
    private final Set<DeviceBlocks> open = new HashSet<>();
    private final Memory lasting;
    private final DeviceElements elements;
    private final DeviceMatrix matrix;
    private final DeviceRows rowByRow;
    private final DeviceConvolution convolution;
    private final DeviceSequences sequences;
    private final DeviceRecurrence recurrence;
    private final DeviceAttention attention;
    private final DeviceOptimizers optimizers;
    private final AtomicBoolean complained = new AtomicBoolean();
    private long live;
    private long moves;
    private long reads;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Cleaner.Cleanable cleanable;

    /// @param device     is closed with the backend
    /// @param complaints receives a line when memory is lost that should have been closed, once, and one when the
    ///                   backend itself is
    public DeviceBackend(Device device, Consumer<String> complaints) {
        this.device = device;
        this.complaints = complaints;
        this.heap = new Heap(device);
        MemorySegment memory = staging(device);
        this.landing = memory.asSlice(0, LANDING);
        this.staging = new Staging(device, memory.asSlice(LANDING));
        this.launcher = new Launcher(device, heap, staging);
        this.elements = new DeviceElements(launcher);
        this.matrix = new DeviceMatrix(launcher);
        this.rowByRow = new DeviceRows(launcher, matrix);
        this.convolution = new DeviceConvolution(launcher, matrix);
        this.sequences = new DeviceSequences(launcher);
        this.recurrence = new DeviceRecurrence(launcher, matrix);
        this.attention = new DeviceAttention(launcher);
        this.optimizers = new DeviceOptimizers(launcher);
        this.lasting = memory();
        OPEN.incrementAndGet();
        this.cleanable = CLEANER.register(this, new Remains(device, heap, closed, complaints));
    }

    private static MemorySegment staging(Device device) {
        try {
            return device.staging(LANDING + STAGED);
        } catch (BackendException e) {
            try (device) { // nobody else has it
                throw e;
            }
        }
    }

    // ---- what it is ----

    @Override
    public String name() {
        return device.properties().api();
    }

    @Override
    public String description() {
        return "backend=" + device.properties().description() + " jdk=" + Runtime.version();
    }

    @Override
    public String toString() {
        return name();
    }

    @Override
    public Set<String> ownKernels() {
        return Backend.kernels();
    }

    /// A device is fast where it has much to do at the same time.
    @Override
    public boolean wantsWholeBatches() {
        return true;
    }

    // ---- memory ----

    @Override
    public synchronized Memory memory() {
        DeviceBlocks blocks = new DeviceBlocks(this);
        open.add(blocks);
        return new DeviceMemory(this, blocks);
    }

    @Override
    public Buffer allocate(int length) {
        return lasting.allocate(length);
    }

    @Override
    public synchronized long liveBytes() {
        return live;
    }

    /// Bytes of all that is allocated on the device: buffers, lists of ints and working memory.
    public synchronized long heldBytes() {
        return heap.held();
    }

    /// How often the device was asked for something.
    ///
    /// @param launches of kernels
    /// @param moves    fills, and copies within the device
    /// @param uploads  transfers to the device
    /// @param reads    transfers from the device, each of which waits for it
    public record Counts(long launches, long moves, long uploads, long reads) {

        /// What was asked since then.
        public Counts less(Counts then) {
            return new Counts(launches - then.launches, moves - then.moves, uploads - then.uploads, reads - then.reads);
        }
    }

    /// What was asked so far.
    public synchronized Counts counts() {
        return new Counts(launcher.launches(), moves, staging.transfers(), reads);
    }

    /// A new block of zeros for one of the memories.
    synchronized long zeros(DeviceBlocks blocks, int length) {
        long block = heap.allocate((long) Float.BYTES * length);
        long bytes = (long) Float.BYTES * length;
        blocks.add(block, bytes);
        live += bytes;
        if (length > 0) {
            device.fill(0, block, 0, length);
            moves++;
        }
        return block;
    }

    /// Gives back the blocks of a memory that was closed.
    synchronized void free(DeviceBlocks blocks) {
        if (open.remove(blocks)) {
            staging.send();
            blocks.blocks().forEach(heap::free);
            live -= blocks.bytes();
        }
    }

    /// A memory was lost without being closed.
    void complain(long bytes) {
        if (bytes > 0 && complained.compareAndSet(false, true)) {
            complaints.accept(name() + ": " + DeviceProperties.size(bytes) + " of device memory were lost by whoever"
                    + " should have closed them; they are freed now. This is a mistake in Parallax: please report it");
        }
    }

    /// How many there are in this JVM that are not closed.
    public static int countOpen() {
        return OPEN.get();
    }

    /// Whether a backend ends here, not before.
    private static boolean ends(AtomicBoolean closed) {
        boolean now = closed.compareAndSet(false, true);
        if (now) {
            OPEN.decrementAndGet();
        }
        return now;
    }

    /// What is left of a backend that nobody closed and nobody can reach any more.
    private record Remains(Device device, Heap heap, AtomicBoolean closed, Consumer<String> complaints)
            implements Runnable {

        @Override
        public void run() {
            if (ends(closed)) {
                try (device) {
                    complaints.accept(device.properties().api() + ": the device, with "
                            + DeviceProperties.size(heap.held()) + " of its memory, was lost by whoever should have"
                            + " closed it; it is closed now. This is a mistake in Parallax: please report it");
                    heap.freeAll();
                }
            }
        }
    }

    @Override
    public synchronized void close() {
        if (!ends(closed)) {
            return;
        }
        cleanable.clean();
        try (device) { // even where the device refuses to free something
            Set.copyOf(open).forEach(DeviceBlocks::close);
            launcher.close();
        }
    }

    @Override
    public synchronized void announce(int[]... lists) {
        launcher.lists(lists);
    }

    @Override
    public synchronized void upload(float[] from, Buffer out) {
        checkLength("upload", from.length, out.length());
        staging.put(from, onDevice(out).block(), onDevice(out).at());
    }

    @Override
    public synchronized void uploadAll(List<float[]> parts, Buffer out) {
        checkLength("upload", parts.stream().mapToInt(part -> part.length).sum(), out.length());
        int at = 0;
        for (float[] part : parts) {
            upload(part, out.slice(at, part.length));
            at += part.length;
        }
    }

    @Override
    public synchronized void download(Buffer x, float[] out) {
        checkLength("download", x.length(), out.length);
        if (out.length == 0) {
            return;
        }
        Place from = onDevice(x);
        staging.send();
        for (int at = 0, count; at < out.length; at += count) {
            count = Math.min(READ_AT_ONCE, out.length - at);
            device.read(
                    from.block(),
                    (long) Float.BYTES * (from.offset() + at),
                    landing.asSlice(0, (long) Float.BYTES * count));
            MemorySegment.copy(landing, ValueLayout.JAVA_FLOAT, 0, out, at, count);
        }
        staging.finished();
        reads++;
    }

    private static void checkLength(String what, int from, int to) {
        if (from != to) {
            throw new ShapeException(what + ": " + from + " values do not fit into " + to);
        }
    }

    @Override
    public synchronized void copy(Buffer x, Buffer out) {
        checkLength("copy", x.length(), out.length());
        if (x.length() > 0) {
            staging.send();
            device.copy(
                    onDevice(x).block(),
                    onDevice(x).at(),
                    onDevice(out).block(),
                    onDevice(out).at(),
                    (long) Float.BYTES * x.length());
            moves++;
        }
    }

    @Override
    public synchronized void fill(float value, Buffer out) {
        if (out.length() > 0) {
            staging.send();
            device.fill(
                    Float.floatToRawIntBits(value),
                    onDevice(out).block(),
                    onDevice(out).at(),
                    out.length());
            moves++;
        }
    }

    // ---- kernels, family by family ----

    @Override
    public synchronized void add(Buffer x, Buffer y, Buffer out) {
        elements.each("add", onDevice(x), onDevice(y), onDevice(out));
    }

    @Override
    public synchronized void scaleAdd(float alpha, Buffer x, Buffer out) {
        elements.scaled("scaleAdd", alpha, onDevice(x), onDevice(out));
    }

    @Override
    public synchronized void scaleInPlace(float alpha, Buffer x) {
        elements.scaled("scaleInPlace", alpha, onDevice(x));
    }

    @Override
    public synchronized void multiply(Buffer x, Buffer y, Buffer out) {
        elements.each("multiply", onDevice(x), onDevice(y), onDevice(out));
    }

    @Override
    public synchronized void multiplyAdd(Buffer x, Buffer y, Buffer out) {
        elements.each("multiplyAdd", onDevice(x), onDevice(y), onDevice(out));
    }

    @Override
    public synchronized void tanh(Buffer x, Buffer out) {
        elements.each("tanh", onDevice(x), onDevice(out));
    }

    @Override
    public synchronized void tanhGradAdd(Buffer y, Buffer dy, Buffer dx) {
        elements.each("tanhGradAdd", onDevice(y), onDevice(dy), onDevice(dx));
    }

    @Override
    public synchronized void sigmoid(Buffer x, Buffer out) {
        elements.each("sigmoid", onDevice(x), onDevice(out));
    }

    @Override
    public synchronized void sigmoidGradAdd(Buffer y, Buffer dy, Buffer dx) {
        elements.each("sigmoidGradAdd", onDevice(y), onDevice(dy), onDevice(dx));
    }

    @Override
    public synchronized void gelu(Buffer x, Buffer out) {
        elements.each("gelu", onDevice(x), onDevice(out));
    }

    @Override
    public synchronized void geluGradAdd(Buffer x, Buffer dy, Buffer dx) {
        elements.each("geluGradAdd", onDevice(x), onDevice(dy), onDevice(dx));
    }

    @Override
    public synchronized void relu(Buffer x, Buffer out) {
        elements.each("relu", onDevice(x), onDevice(out));
    }

    @Override
    public synchronized void reluGradAdd(Buffer y, Buffer dy, Buffer dx) {
        elements.each("reluGradAdd", onDevice(y), onDevice(dy), onDevice(dx));
    }

    @Override
    public synchronized void sumOfSquares(Buffer x, Buffer out) {
        elements.sumOfSquares(onDevice(x), onDevice(out));
    }

    @Override
    public synchronized void clipByNorm(double maxNorm, Buffer sumOfSquares, Buffer x) {
        elements.clipByNorm(maxNorm, onDevice(sumOfSquares), onDevice(x));
    }

    @Override
    public synchronized void dropoutAdd(Buffer x, Offsets offsets, int features, DropoutMask mask, Buffer out) {
        elements.dropoutAdd(onDevice(x), offsets, features, mask, onDevice(out));
    }

    @Override
    public synchronized void gemm(
            int m,
            int n,
            int k,
            Buffer a,
            boolean transposeA,
            Buffer b,
            boolean transposeB,
            boolean accumulate,
            Buffer out) {
        matrix.gemm(m, n, k, onDevice(a), transposeA, onDevice(b), transposeB, accumulate, onDevice(out));
    }

    @Override
    public synchronized void broadcastRow(Buffer bias, int rows, Buffer out) {
        matrix.broadcastRow(onDevice(bias), rows, onDevice(out));
    }

    @Override
    public synchronized void sumRowsAdd(Buffer x, int rows, Buffer out) {
        matrix.sumRowsAdd(onDevice(x), rows, onDevice(out));
    }

    @Override
    public synchronized void copyColumns(
            int rows, int width, Buffer x, int xColumns, int xFrom, Buffer out, int outColumns, int outFrom) {
        matrix.copyColumns(
                "copyColumns", rows, width, onDevice(x), xColumns, xFrom, onDevice(out), outColumns, outFrom);
    }

    @Override
    public synchronized void copyColumnsAdd(
            int rows, int width, Buffer x, int xColumns, int xFrom, Buffer out, int outColumns, int outFrom) {
        matrix.copyColumns(
                "copyColumnsAdd", rows, width, onDevice(x), xColumns, xFrom, onDevice(out), outColumns, outFrom);
    }

    @Override
    public synchronized void softmax(Buffer x, int rows, Buffer out) {
        rowByRow.each("softmax", rows, onDevice(x), onDevice(out));
    }

    @Override
    public synchronized void softmaxGradAdd(Buffer y, Buffer dy, int rows, Buffer dx) {
        rowByRow.each("softmaxGradAdd", rows, onDevice(y), onDevice(dy), onDevice(dx));
    }

    @Override
    public synchronized void logSoftmax(Buffer x, int rows, Buffer out) {
        rowByRow.each("logSoftmax", rows, onDevice(x), onDevice(out));
    }

    @Override
    public synchronized void logSoftmaxGradAdd(Buffer y, Buffer dy, int rows, Buffer dx) {
        rowByRow.each("logSoftmaxGradAdd", rows, onDevice(y), onDevice(dy), onDevice(dx));
    }

    @Override
    public synchronized void layerNorm(
            Buffer x, Buffer gamma, Buffer beta, float epsilon, int rows, Buffer stats, Buffer out) {
        rowByRow.layerNorm(onDevice(x), onDevice(gamma), onDevice(beta), epsilon, rows, onDevice(stats), onDevice(out));
    }

    @Override
    public synchronized void layerNormGradAdd(
            Buffer x, Buffer gamma, Buffer stats, Buffer dy, int rows, Buffer dx, Buffer dGamma, Buffer dBeta) {
        rowByRow.layerNormGradAdd(
                onDevice(x),
                onDevice(gamma),
                onDevice(stats),
                onDevice(dy),
                rows,
                onDevice(dx),
                onDevice(dGamma),
                onDevice(dBeta));
    }

    @Override
    public synchronized void crossEntropy(
            Buffer logits,
            int[] labels,
            float[] classWeights,
            float smoothing,
            float scale,
            Buffer probabilities,
            Buffer out) {
        rowByRow.crossEntropy(
                onDevice(logits), labels, classWeights, smoothing, scale, onDevice(probabilities), onDevice(out));
    }

    @Override
    public synchronized void crossEntropyGradAdd(
            Buffer probabilities,
            int[] labels,
            float[] classWeights,
            float smoothing,
            float scale,
            Buffer dy,
            Buffer dLogits) {
        rowByRow.crossEntropyGradAdd(
                onDevice(probabilities), labels, classWeights, smoothing, scale, onDevice(dy), onDevice(dLogits));
    }

    @Override
    public synchronized void gatherRows(Buffer table, int[] ids, int features, Buffer out) {
        rowByRow.gatherRows(onDevice(table), ids, features, onDevice(out));
    }

    @Override
    public synchronized void scatterRowsAdd(Buffer dy, int[] ids, int features, Buffer dTable) {
        rowByRow.scatterRowsAdd(onDevice(dy), ids, features, onDevice(dTable));
    }

    @Override
    public synchronized void sequenceMean(Buffer x, Offsets offsets, int features, Buffer out) {
        sequences.mean(onDevice(x), offsets, features, onDevice(out));
    }

    @Override
    public synchronized void sequenceMeanGradAdd(Buffer dy, Offsets offsets, int features, Buffer dx) {
        sequences.meanGradAdd(onDevice(dy), offsets, features, onDevice(dx));
    }

    @Override
    public synchronized void sequenceMax(Buffer x, Offsets offsets, int features, Buffer out) {
        sequences.max(onDevice(x), offsets, features, onDevice(out));
    }

    @Override
    public synchronized void sequenceMaxGradAdd(Buffer x, Buffer dy, Offsets offsets, int features, Buffer dx) {
        sequences.maxGradAdd(onDevice(x), onDevice(dy), offsets, features, onDevice(dx));
    }

    @Override
    public synchronized void convolutionAdd(ConvolutionSizes sizes, Buffer x, Buffer weight, Buffer out) {
        convolution.add(sizes, onDevice(x), onDevice(weight), onDevice(out));
    }

    @Override
    public synchronized void convolutionInputGradAdd(ConvolutionSizes sizes, Buffer weight, Buffer dy, Buffer dx) {
        convolution.inputGradAdd(sizes, onDevice(weight), onDevice(dy), onDevice(dx));
    }

    @Override
    public synchronized void convolutionWeightGradAdd(ConvolutionSizes sizes, Buffer x, Buffer dy, Buffer dWeight) {
        convolution.weightGradAdd(sizes, onDevice(x), onDevice(dy), onDevice(dWeight));
    }

    @Override
    public synchronized void instanceNorm(
            Buffer x, Offsets offsets, Buffer gamma, Buffer beta, float epsilon, Buffer stats, Buffer out) {
        sequences.instanceNorm(
                onDevice(x), offsets, onDevice(gamma), onDevice(beta), epsilon, onDevice(stats), onDevice(out));
    }

    @Override
    public synchronized void instanceNormGradAdd(
            Buffer x, Offsets offsets, Buffer gamma, Buffer stats, Buffer dy, Buffer dx, Buffer dGamma, Buffer dBeta) {
        sequences.instanceNormGradAdd(
                onDevice(x),
                offsets,
                onDevice(gamma),
                onDevice(stats),
                onDevice(dy),
                onDevice(dx),
                onDevice(dGamma),
                onDevice(dBeta));
    }

    @Override
    public synchronized void lstm(
            Recurrence sizes, Buffer projected, Buffer weightHh, Buffer biasHh, Buffer gates, Buffer out) {
        recurrence.forward(
                "lstm",
                4,
                sizes,
                onDevice(projected),
                onDevice(weightHh),
                onDevice(biasHh),
                onDevice(gates),
                onDevice(out));
    }

    @Override
    public synchronized void lstmGradAdd(
            Recurrence sizes,
            Buffer weightHh,
            Buffer gates,
            Buffer out,
            Buffer dOut,
            Buffer dProjected,
            Buffer dWeightHh,
            Buffer dBiasHh) {
        recurrence.gradAdd(
                "lstm",
                4,
                2,
                sizes,
                onDevice(weightHh),
                onDevice(gates),
                onDevice(out),
                onDevice(dOut),
                onDevice(dProjected),
                onDevice(dWeightHh),
                onDevice(dBiasHh));
    }

    @Override
    public synchronized void gru(
            Recurrence sizes, Buffer projected, Buffer weightHh, Buffer biasHh, Buffer gates, Buffer out) {
        recurrence.forward(
                "gru",
                3,
                sizes,
                onDevice(projected),
                onDevice(weightHh),
                onDevice(biasHh),
                onDevice(gates),
                onDevice(out));
    }

    @Override
    public synchronized void gruGradAdd(
            Recurrence sizes,
            Buffer weightHh,
            Buffer gates,
            Buffer out,
            Buffer dOut,
            Buffer dProjected,
            Buffer dWeightHh,
            Buffer dBiasHh) {
        recurrence.gradAdd(
                "gru",
                3,
                1,
                sizes,
                onDevice(weightHh),
                onDevice(gates),
                onDevice(out),
                onDevice(dOut),
                onDevice(dProjected),
                onDevice(dWeightHh),
                onDevice(dBiasHh));
    }

    @Override
    public synchronized void attention(
            AttentionSizes sizes, Buffer q, Buffer k, Buffer v, DropoutMask mask, Buffer logSumExp, Buffer out) {
        DevicePositionBias none = DevicePositionBias.none(onDevice(q));
        attention.forward(sizes, onDevice(q), onDevice(k), onDevice(v), none, mask, onDevice(logSumExp), onDevice(out));
    }

    @Override
    public synchronized void attentionGradAdd(
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
        attention.gradAdd(
                sizes,
                onDevice(q),
                onDevice(k),
                onDevice(v),
                DevicePositionBias.none(onDevice(q)),
                mask,
                onDevice(logSumExp),
                onDevice(out),
                onDevice(dOut),
                onDevice(dq),
                onDevice(dk),
                onDevice(dv));
    }

    @Override
    public synchronized void biasedAttention(
            AttentionSizes sizes,
            Buffer q,
            Buffer k,
            Buffer v,
            PositionBias bias,
            DropoutMask mask,
            Buffer logSumExp,
            Buffer out) {
        attention.forward(
                sizes,
                onDevice(q),
                onDevice(k),
                onDevice(v),
                positions(bias, bias.table(), bias.gate()),
                mask,
                onDevice(logSumExp),
                onDevice(out));
    }

    private static DevicePositionBias positions(PositionBias bias, Buffer dTable, Buffer dGate) {
        return new DevicePositionBias(
                bias.reach(),
                bias.free(),
                onDevice(bias.table()),
                onDevice(bias.gate()),
                onDevice(dTable),
                onDevice(dGate));
    }

    @Override
    public synchronized void biasedAttentionGradAdd(
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
        attention.gradAdd(
                sizes,
                onDevice(q),
                onDevice(k),
                onDevice(v),
                positions(bias, dTable, dGate),
                mask,
                onDevice(logSumExp),
                onDevice(out),
                onDevice(dOut),
                onDevice(dq),
                onDevice(dk),
                onDevice(dv));
    }

    @Override
    public synchronized void attentionWeights(AttentionSizes sizes, Buffer q, Buffer k, Buffer out) {
        attention.weights(sizes, onDevice(q), onDevice(k), onDevice(out));
    }

    @Override
    public synchronized void adam(
            AdamSettings settings, Buffer gradient, Buffer firstMoment, Buffer secondMoment, Buffer parameter) {
        optimizers.adam(
                settings, onDevice(gradient), onDevice(firstMoment), onDevice(secondMoment), onDevice(parameter));
    }

    @Override
    public synchronized void sgd(SgdSettings settings, Buffer gradient, Buffer velocity, Buffer parameter) {
        optimizers.sgd(settings, onDevice(gradient), onDevice(velocity), onDevice(parameter));
    }
}
