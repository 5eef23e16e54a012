package dev.parallax.backend.device;

/// Kernels that work row by row, and those that choose rows by index: `native/kernels/rows.c` and `index.c`.
record DeviceRows(Launcher launcher, DeviceMatrix matrix) {

    /// A kernel (columns, x, ...) with a group a row.
    void each(String kernel, int rows, DeviceBuffer... buffers) {
        int columns = rows == 0 ? 0 : buffers[0].length() / rows;
        launcher.call(kernel).with(columns).with(buffers).groups(rows);
    }

    void layerNorm(
            DeviceBuffer x,
            DeviceBuffer gamma,
            DeviceBuffer beta,
            float epsilon,
            int rows,
            DeviceBuffer stats,
            DeviceBuffer out) {
        launcher.call("layerNorm")
                .with(gamma.length())
                .scalars(epsilon)
                .with(x, gamma, beta, stats, out)
                .groups(rows);
    }

    void layerNormGradAdd(
            DeviceBuffer x,
            DeviceBuffer gamma,
            DeviceBuffer stats,
            DeviceBuffer dy,
            int rows,
            DeviceBuffer dx,
            DeviceBuffer dGamma,
            DeviceBuffer dBeta) {
        int columns = gamma.length();
        int chunks = DeviceMatrix.chunks(rows);
        int sums = chunks * columns;
        launcher.call("layerNormGradAdd")
                .with(columns)
                .with(x, gamma, stats, dy, dx)
                .groups(rows);
        BlockPart[] work = launcher.scratch(sums, sums, DeviceMatrix.chunkSums(chunks, columns));
        launcher.call("layerNormParameterChunks")
                .with(rows, columns)
                .with(x, stats, dy, work[0], work[1])
                .elements(sums);
        matrix.sumRowsAdd(work[0], chunks, columns, dGamma, work[2]);
        matrix.sumRowsAdd(work[1], chunks, columns, dBeta, work[2]);
    }

    void crossEntropy(
            DeviceBuffer logits,
            int[] labels,
            float[] classWeights,
            float smoothing,
            float scale,
            DeviceBuffer probabilities,
            DeviceBuffer out) {
        BlockPart[] lists = launcher.lists(labels, bits(classWeights));
        launcher.call("crossEntropy")
                .with(labels.length, classWeights.length)
                .scalars(smoothing, scale)
                .with(logits, lists[0], lists[1], probabilities, out)
                .groups(1);
    }

    void crossEntropyGradAdd(
            DeviceBuffer probabilities,
            int[] labels,
            float[] classWeights,
            float smoothing,
            float scale,
            DeviceBuffer dy,
            DeviceBuffer dLogits) {
        BlockPart[] lists = launcher.lists(labels, bits(classWeights));
        launcher.call("crossEntropyGradAdd")
                .with(labels.length, classWeights.length)
                .scalars(smoothing, scale)
                .with(probabilities, lists[0], lists[1], dy, dLogits)
                .elements(dLogits.length());
    }

    void gatherRows(DeviceBuffer table, int[] ids, int features, DeviceBuffer out) {
        launcher.call("gatherRows")
                .with(ids.length, features)
                .with(launcher.lists(ids))
                .with(table, out)
                .elements(out.length());
    }

    void scatterRowsAdd(DeviceBuffer dy, int[] ids, int features, DeviceBuffer dTable) {
        SortedIds sorted = SortedIds.of(ids);
        BlockPart[] lists = launcher.lists(sorted.order(), sorted.rows(), sorted.starts());
        launcher.call("scatterRowsAdd")
                .with(features)
                .with(lists)
                .with(dy, dTable)
                .groups(sorted.rows().length);
    }

    private static int[] bits(float... values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }
}
