/// Sound as samples, and what every stage of signal processing shares: resampling, frames, window functions, the
/// spectrum.
///
/// May import `backend`, `backend.select`.
///
/// Start at [Audio] and [Framing].
@NullMarked
package dev.parallax.audio;

import org.jspecify.annotations.NullMarked;
