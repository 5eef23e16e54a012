/// Checks of a copy of a corpus against what was published about it, and of anybody's own corpus for its faults.
///
/// May import `io`, `audio.file`, `audio.source`, `data`, `corpus.recordings`, `corpus.split`.
///
/// Start at [Verification].
@NullMarked
package dev.parallax.corpus.verify;

import org.jspecify.annotations.NullMarked;
