/// What the recordings of a corpus are like: which can be used, which are copies of each other, which have faults.
///
/// May import `io`, `audio`, `audio.file`, `audio.source`, `audio.speech`, `audio.features`, `data`.
///
/// Start at [Preparation] and [SoundCopies].
@NullMarked
package dev.parallax.corpus.recordings;

import org.jspecify.annotations.NullMarked;
