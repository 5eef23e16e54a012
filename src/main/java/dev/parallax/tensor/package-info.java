/// Shapes, tensors and ragged sequences: a tensor is a shape, a buffer and the backend that the buffer lives on.
/// Nothing here loops over elements; values enter by [Tensor#of] and leave by [Tensor#toArray].
///
/// May import `backend`.
///
/// Start at [Tensor].
@NullMarked
package dev.parallax.tensor;

import org.jspecify.annotations.NullMarked;
