/// The empirical study: every strategy of fusion, under both losses, over folds and seeds, with honest statistics. A
/// cell is one training run; its answers are kept in one file, from which everything else is computed.
@NullMarked
package dev.parallax.study;

import org.jspecify.annotations.NullMarked;
