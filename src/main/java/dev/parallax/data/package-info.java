/// What a model is fed: utterances, labels, batches.
///
/// May import `io`, `backend`, `tensor`, `audio.source`, `audio.features`, `audio.variation`.
///
/// Start at [Utterance].
@NullMarked
package dev.parallax.data;

import org.jspecify.annotations.NullMarked;
