/// Shapes, tensors and ragged sequences: a tensor is a shape, a buffer and the backend that the buffer lives on. May
/// import `backend`. Nothing here loops over elements; values enter by [Tensor#of] and leave by [Tensor#toArray].
@NullMarked
package dev.parallax.tensor;

import org.jspecify.annotations.NullMarked;
