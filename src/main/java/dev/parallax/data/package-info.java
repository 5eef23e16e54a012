/// What a model is fed: utterances, labels, batches. May import `audio`, `text`, `tensor`, `backend`, `io`.
/// Start at [Utterance].
@NullMarked
package dev.parallax.data;

import org.jspecify.annotations.NullMarked;
