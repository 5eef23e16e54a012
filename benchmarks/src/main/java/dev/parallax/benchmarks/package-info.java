/// Benchmarks of Parallax beside EJML, OpenBLAS and PyTorch. Start with [dev.parallax.benchmarks.RunBenchmarks].
@NullMarked
package dev.parallax.benchmarks;

import org.jspecify.annotations.NullMarked;
