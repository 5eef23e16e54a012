/// From a file to features: reading, resampling, framing, windows, STFT, mel, MFCC, deltas, normalisation; plain
/// `float[]` in and out. May import `io` and `backend`; the only package that imports JTransforms. Start at [Audio]
/// and [FeatureExtractor]; `docs/mfcc.md` goes the whole way with small numbers.
@NullMarked
package dev.parallax.audio;

import org.jspecify.annotations.NullMarked;
