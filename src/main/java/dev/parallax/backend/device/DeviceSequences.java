package dev.parallax.backend.device;

import dev.parallax.backend.Offsets;

/// Kernels over a ragged batch: `native/kernels/sequences.c`.
record DeviceSequences(Launcher launcher) {

    void mean(DeviceBuffer x, Offsets offsets, int features, DeviceBuffer out) {
        launcher.call("sequenceMean")
                .with(offsets.count(), features)
                .with(launcher.lists(offsets.starts()))
                .with(x, out)
                .elements(out.length());
    }

    void meanGradAdd(DeviceBuffer dy, Offsets offsets, int features, DeviceBuffer dx) {
        launcher.call("sequenceMeanGradAdd")
                .with(offsets.count(), offsets.total(), features)
                .with(launcher.lists(offsets.starts()))
                .with(dy, dx)
                .elements(dx.length());
    }

    void max(DeviceBuffer x, Offsets offsets, int features, DeviceBuffer out) {
        launcher.call("sequenceMax")
                .with(offsets.count(), features)
                .with(launcher.lists(offsets.starts()))
                .with(x, out)
                .elements(out.length());
    }

    void maxGradAdd(DeviceBuffer x, DeviceBuffer dy, Offsets offsets, int features, DeviceBuffer dx) {
        launcher.call("sequenceMaxGradAdd")
                .with(offsets.count(), features)
                .with(launcher.lists(offsets.starts()))
                .with(x, dy, dx)
                .elements(dy.length());
    }

    void instanceNorm(
            DeviceBuffer x,
            Offsets offsets,
            DeviceBuffer gamma,
            DeviceBuffer beta,
            float epsilon,
            DeviceBuffer stats,
            DeviceBuffer out) {
        launcher.call("instanceNorm")
                .with(offsets.count(), gamma.length())
                .scalars(epsilon)
                .with(launcher.lists(offsets.starts()))
                .with(x, gamma, beta, stats, out)
                .elements((long) offsets.count() * gamma.length());
    }

    void instanceNormGradAdd(
            DeviceBuffer x,
            Offsets offsets,
            DeviceBuffer gamma,
            DeviceBuffer stats,
            DeviceBuffer dy,
            DeviceBuffer dx,
            DeviceBuffer dGamma,
            DeviceBuffer dBeta) {
        launcher.call("instanceNormGradAdd")
                .with(offsets.count(), gamma.length())
                .with(launcher.lists(offsets.starts()))
                .with(x, gamma, stats, dy, dx, dGamma, dBeta)
                .elements(gamma.length());
    }
}
