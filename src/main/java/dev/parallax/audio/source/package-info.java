/// Where the sound of an utterance comes from: a file, a window of one, or memory. Also what identifies a recording:
/// hashes, facts and fingerprints.
///
/// May import `io`, `audio`, `audio.file`.
///
/// Start at [AudioSource] and [SoundFacts].
@NullMarked
package dev.parallax.audio.source;

import org.jspecify.annotations.NullMarked;
