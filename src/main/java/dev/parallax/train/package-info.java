/// From a corpus to a trained model: examples, batches over shards and threads, early stopping, checkpoints, scores.
///
/// May import `io`, `backend`, `backend.select`, `tensor`, `autograd`, `nn`, `optim`, `fusion`, `audio.source`,
/// `audio.speech`, `audio.features`, `text`, `data`, `corpus.recordings`, `corpus.split`, `model.domain`,
/// `model.answer`, `model`, `eval`, `eval.baseline`.
///
/// Start at [Trainer].
@NullMarked
package dev.parallax.train;

import org.jspecify.annotations.NullMarked;
