package dev.parallax.backend.device;

import dev.parallax.backend.Recurrence;

/// LSTM and GRU: `native/kernels/lstm.c` and `gru.c`. Up to 96 hidden units the weights lie in registers of the
/// device.
record DeviceRecurrence(Launcher launcher, DeviceMatrix matrix) {

    private static final int[] SIZES = {32, 64, 96};
    private static final String WIDE = "Wide";

    /// The end of the kernel's name for this many hidden units.
    private static String size(int hidden) {
        for (int size : SIZES) {
            if (hidden <= size) {
                return String.valueOf(size);
            }
        }
        return WIDE;
    }

    /// @param name  `lstm` or `gru`
    /// @param gateCount 4 or 3: rows of weightHh for each unit
    void forward(
            String name,
            int gateCount,
            Recurrence sizes,
            DeviceBuffer projected,
            DeviceBuffer weightHh,
            DeviceBuffer biasHh,
            DeviceBuffer gates,
            DeviceBuffer out) {
        int hidden = sizes.hidden();
        String size = size(hidden);
        Place weights = weightHh;
        if (size.equals(WIDE)) {
            weights = launcher.scratch(weightHh.length())[0];
            launcher.call("transpose")
                    .with(gateCount * hidden, hidden)
                    .with(weightHh, weights)
                    .elements(weightHh.length());
        }
        launcher.call(name + size)
                .with(hidden, sizes.reverse() ? 1 : 0)
                .with(launcher.lists(sizes.offsets().starts()))
                .with(projected, weights, biasHh, gates, out)
                .groups(sizes.offsets().count());
    }

    /// The gradient through time; then dWeightHh += dGatesᵀ h' and dBiasHh += the rows of dGates.
    ///
    /// @param stateCount 2 for h and cell, 1 for h
    void gradAdd(
            String name,
            int gateCount,
            int stateCount,
            Recurrence sizes,
            DeviceBuffer weightHh,
            DeviceBuffer gates,
            DeviceBuffer out,
            DeviceBuffer dOut,
            DeviceBuffer dProjected,
            DeviceBuffer dWeightHh,
            DeviceBuffer dBiasHh) {
        int hidden = sizes.hidden();
        int width = gateCount * hidden;
        int total = sizes.offsets().total();
        int sequences = sizes.offsets().count();
        String size = size(hidden);
        BlockPart[] work = launcher.scratch(
                total * width,
                total * hidden,
                size.equals(WIDE) ? sequences * stateCount * hidden : 0,
                matrix.workspace(width, hidden, total),
                DeviceMatrix.chunkSums(total, width));
        BlockPart dGates = work[0];
        BlockPart previous = work[1];
        Launcher.Call call = launcher.call(name + "Grad" + size)
                .with(hidden, sizes.reverse() ? 1 : 0)
                .with(launcher.lists(sizes.offsets().starts()))
                .with(weightHh, gates, out, dOut, dProjected, dGates, previous);
        if (size.equals(WIDE)) {
            call.with(work[2]);
        }
        call.groups(sequences);
        matrix.gemm(width, hidden, total, dGates, true, previous, false, true, dWeightHh, work[3]);
        matrix.sumRowsAdd(dGates, total, width, dBiasHh, work[4]);
    }
}
