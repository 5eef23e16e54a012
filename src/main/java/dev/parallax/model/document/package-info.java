/// Answers as JSON documents, the same from the commands and from the service.
///
/// May import `io`, `transcript`, `model.answer`, `model`, `model.turns`.
///
/// Start at [PredictionJson].
@NullMarked
package dev.parallax.model.document;

import org.jspecify.annotations.NullMarked;
