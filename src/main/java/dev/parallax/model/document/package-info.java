/// Answers as JSON documents, the same from the commands and from the service.
///
/// May import `io`, `fusion`, `transcript`, `model.answer`, `model`, `model.turns`, `model.live`.
///
/// Start at [PredictionJson].
@NullMarked
package dev.parallax.model.document;

import org.jspecify.annotations.NullMarked;
