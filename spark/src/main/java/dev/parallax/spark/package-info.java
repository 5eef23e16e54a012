/// Parallax on Apache Spark: what `predict --manifest`, `features`, `study` and `corpus stats` do on one
/// machine, on the rows of a table and the workers of a cluster. Spark schedules, repeats and shuffles;
/// nothing here does.
///
/// A worker opens the model once ([WorkerModel]) and asks the same classes as the commands, so the answers have the
/// same bits. Start at [ScoreCommand].
@NullMarked
package dev.parallax.spark;

import org.jspecify.annotations.NullMarked;
