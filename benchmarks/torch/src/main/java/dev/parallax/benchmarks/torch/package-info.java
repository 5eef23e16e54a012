/// The workloads of the benchmarks on libtorch. Start with [dev.parallax.benchmarks.torch.TorchEpoch].
package dev.parallax.benchmarks.torch;
