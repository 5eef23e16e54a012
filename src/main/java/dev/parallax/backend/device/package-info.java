/// The kernels on a device: a GPU, or a processor that stands for one. One [DeviceBackend] works over a small
/// [Device], which two drivers implement, [OpenClDevice] and [CudaDevice]. The kernels' source lies in the folder
/// `native` and in the jar; drivers compile it. Libraries of drivers are reached by `java.lang.foreign` alone.
///
/// May import `io`, `backend`.
///
/// Start at [DeviceBackend], then read [Device] and a family, such as `DeviceMatrix`.
@NullMarked
package dev.parallax.backend.device;

import org.jspecify.annotations.NullMarked;
