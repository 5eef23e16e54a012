package dev.parallax.backend.cases;

import dev.parallax.backend.Backend;
import dev.parallax.backend.Buffer;
import dev.parallax.backend.DoubleBits;
import dev.parallax.backend.Memory;
import dev.parallax.backend.Offsets;
import dev.parallax.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/// The inputs and the results of one case of [KernelCases]. Inputs are random, seeded by kernel and size, so every
/// backend gets the same.
public final class CaseInputs implements AutoCloseable {

    private static final long SEED = 20_26;

    final Backend backend;
    /// The size under test: columns of a row, a hidden size, a number of elements.
    final int size;

    private final Memory memory;
    private final RandomStream random;
    private final List<KernelResult> results = new ArrayList<>();

    public CaseInputs(Backend backend, String kernel, int size) {
        this.backend = backend;
        this.size = size;
        this.memory = backend.memory();
        this.random = new RandomStream(SEED, 0, kernel.hashCode(), size);
    }

    Buffer allocate(int length) {
        return memory.allocate(length);
    }

    public Buffer normal(int length) {
        return normal(length, 1);
    }

    public Buffer normal(int length, double scale) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return buffer(values);
    }

    public Buffer uniform(int length, double low, double high) {
        return buffer(uniformValues(length, low, high));
    }

    /// Values of the host.
    float[] uniformValues(int length, double low, double high) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.uniform(low, high);
        }
        return values;
    }

    /// A slice from the middle of a larger buffer: an offset of 3 reveals kernels that ignore offsets.
    private Buffer buffer(float[] values) {
        Buffer around = memory.allocate(values.length + 5);
        Buffer buffer = around.slice(3, values.length);
        backend.upload(values, buffer);
        return buffer;
    }

    /// Numbers below `bound`, with repetitions.
    int[] indices(int count, int bound) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(bound);
        }
        return values;
    }

    /// Sequences of several lengths, one of them 1, the longest in the middle.
    Offsets ragged() {
        return Offsets.ofLengths(3, 1, 4 + size % 5, 2, 4);
    }

    /// Records what the kernel wrote there.
    ///
    /// @param terms number of terms of the longest sum behind one value
    void result(Buffer written, int terms) {
        float[] values = new float[written.length()];
        backend.download(written, values);
        results.add(new KernelResult(values, terms));
    }

    /// The same of a double ([DoubleBits]), rounded to a float.
    void resultInDouble(Buffer written) {
        float[] bits = new float[written.length()];
        backend.download(written, bits);
        results.add(new KernelResult(new float[] {(float) DoubleBits.get(bits, 0)}, 0));
    }

    List<KernelResult> results() {
        return results;
    }

    /// Gives the memory of the case back.
    @Override
    public void close() {
        memory.close();
    }
}
