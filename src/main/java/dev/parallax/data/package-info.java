/// The input of a model: utterances, labels, batches.
///
/// May import `io`, `backend`, `tensor`, `audio.source`, `audio.variation`, `audio.features`.
///
/// Start at [Utterance].
@NullMarked
package dev.parallax.data;

import org.jspecify.annotations.NullMarked;
