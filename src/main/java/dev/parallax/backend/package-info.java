/// The arithmetic: memory and about fifty kernels over flat float32 buffers, behind the interface [Backend]. Nobody
/// else looks inside a [Buffer], so a model does not know where it runs. May import only `random` and the root.
///
/// Start at [Backend], then read `ScalarBackend` and the `Scalar...` families it calls: plain loops, the way a textbook
/// writes them. They are the truth that every faster backend is tested against ([KernelCases]). `VectorBackend` and its
/// `Vector...` families do the same in vectors; begin with `Lanes` and `VectorGemm`. [Backends] chooses.
@NullMarked
package dev.parallax.backend;

import org.jspecify.annotations.NullMarked;
