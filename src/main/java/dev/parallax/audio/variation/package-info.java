/// Variation of recordings for training: noise, rooms, music, gain, speed, band limits, and masks on features
/// (SpecAugment).
///
/// May import `io`, `audio`, `audio.source`.
///
/// Start at [Augmentation].
@NullMarked
package dev.parallax.audio.variation;

import org.jspecify.annotations.NullMarked;
