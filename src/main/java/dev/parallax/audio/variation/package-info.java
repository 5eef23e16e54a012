/// Variation of recordings for training: noise, rooms, music, gain, speed, band limits, and masks on features
/// (SpecAugment). [Distortion] has the conditions under which a trained model is scored.
///
/// May import `io`, `audio`, `audio.source`, `audio.speech`.
///
/// Start at [Augmentation].
@NullMarked
package dev.parallax.audio.variation;

import org.jspecify.annotations.NullMarked;
