/// Parallax: speech emotion recognition from two perspectives, audio and text. The root holds the three exceptions
/// that all packages share and nothing else. To follow one number from the waveform to the decision, start at
/// `cli.predict.PredictCommand` and go down.
@NullMarked
package dev.parallax;

import org.jspecify.annotations.NullMarked;
