/// From a corpus to a trained model: examples, batches over shards and threads, early stopping, checkpoints, scores.
/// May
/// import `corpus`, `data`, `model`, `fusion`, `optim`, `eval`, `nn`, `autograd`, `tensor`, `backend`, `audio`, `text`,
/// `io`. Start at [Trainer].
@NullMarked
package dev.parallax.train;

import org.jspecify.annotations.NullMarked;
