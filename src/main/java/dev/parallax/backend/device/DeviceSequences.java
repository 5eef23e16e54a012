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

    void unfold(
            DeviceBuffer x,
            Offsets in,
            int features,
            int kernel,
            int stride,
            int padding,
            Offsets windows,
            DeviceBuffer out) {
        launcher.call("unfold")
                .with(in.count(), windows.total(), features, kernel, stride, padding)
                .with(launcher.lists(in.starts(), windows.starts()))
                .with(x, out)
                .elements(out.length());
    }

    void unfoldGradAdd(
            DeviceBuffer dy,
            Offsets in,
            int features,
            int kernel,
            int stride,
            int padding,
            Offsets windows,
            DeviceBuffer dx) {
        launcher.call("unfoldGradAdd")
                .with(in.count(), in.total(), features, kernel, stride, padding)
                .with(launcher.lists(in.starts(), windows.starts()))
                .with(dy, dx)
                .elements(dx.length());
    }
}
