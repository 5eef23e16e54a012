/// Inputs and expected results for every kernel, at odd sizes: what the tests and the self-test run. No model needs
/// them.
///
/// May import `backend`, `backend.scalar`.
///
/// Start at [KernelCases].
@NullMarked
package dev.parallax.backend.cases;

import org.jspecify.annotations.NullMarked;
