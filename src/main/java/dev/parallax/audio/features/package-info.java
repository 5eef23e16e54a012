/// From sound to features: windows, short-time Fourier transform, mel bands, MFCC (mel-frequency cepstral
/// coefficients), deltas, normalisation, functionals; and the cache of computed features.
///
/// May import `io`, `audio`, `audio.source`, `audio.speech`, `audio.pitch`.
///
/// Start at [FeatureConfig] and [FeatureExtractor]; `docs/mfcc.md` goes the whole way with small numbers.
@NullMarked
package dev.parallax.audio.features;

import org.jspecify.annotations.NullMarked;
