/// The fundamental frequency F0, by the autocorrelation method of Boersma.
///
/// May import `audio`.
///
/// Start at [Pitch] and [PitchTracker]; `docs/prosody.md` explains them.
@NullMarked
package dev.parallax.audio.pitch;

import org.jspecify.annotations.NullMarked;
