/// Where somebody speaks in a recording, and how loudly: speech activity, the active level, normalisation and
/// segmentation.
///
/// May import `audio`, `audio.file`, `audio.source`.
///
/// Start at [VoiceActivity] and [SpeechNormalization].
@NullMarked
package dev.parallax.audio.speech;

import org.jspecify.annotations.NullMarked;
