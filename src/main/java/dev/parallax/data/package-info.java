/// What a model is fed: utterances, labels, batches.
///
/// May import `io`, `backend`, `tensor`, `audio.source`, `audio.variation`, `audio.features`.
///
/// Start at [Utterance].
@NullMarked
package dev.parallax.data;

import org.jspecify.annotations.NullMarked;
