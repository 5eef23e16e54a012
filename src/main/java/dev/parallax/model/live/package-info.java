/// Answers while somebody speaks: a window slides over the last seconds of sound, and each half second gets an answer.
///
/// May import `io`, `audio.file`, `audio.source`, `fusion`, `model.answer`, `model`.
///
/// Start at [LiveStream].
@NullMarked
package dev.parallax.model.live;

import org.jspecify.annotations.NullMarked;
