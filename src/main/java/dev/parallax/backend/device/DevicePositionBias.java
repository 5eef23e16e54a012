package dev.parallax.backend.device;

/// What the kernels of attention take for a bias by position ([PositionBias]), and where its gradients are added.
///
/// @param reach  -1 where there is none: then the buffers are neither read nor written
/// @param dTable any buffer in a pass forward, which touches neither this one nor `dGate`
record DevicePositionBias(
        int reach, int free, DeviceBuffer table, DeviceBuffer gate, DeviceBuffer dTable, DeviceBuffer dGate) {

    /// No bias; a kernel still wants buffers, for which `any` stands.
    static DevicePositionBias none(DeviceBuffer any) {
        return new DevicePositionBias(-1, 0, any, any, any, any);
    }
}
