/// A model under other conditions than those of its recordings and sentences: noise, telephones, rooms, a perspective
/// missing, words heard wrong; and how far its scores fall.
///
/// May import `audio.source`, `audio.variation`, `text`, `data`, `eval`, `train`.
///
/// Start at [Conditions].
@NullMarked
package dev.parallax.robustness;

import org.jspecify.annotations.NullMarked;
