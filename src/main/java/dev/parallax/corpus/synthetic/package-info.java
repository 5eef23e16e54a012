/// The embedded corpus: speech-like sounds and template sentences made from a seed. The best accuracy that any model
/// can reach is known exactly for each perspective. It is no speech data and its numbers never stand beside any.
///
/// May import `io`, `audio`, `audio.file`, `audio.source`, `data`.
///
/// Read in this order: [SyntheticSettings] (what is drawn), `SyntheticDesign` (who shows which symbol), `Prosody` and
/// `Synthesiser` (the sound), `Sentences` (the words), [SyntheticCeilings] (what can be reached), [SyntheticCorpus]
/// (all together).
@NullMarked
package dev.parallax.corpus.synthetic;

import org.jspecify.annotations.NullMarked;
