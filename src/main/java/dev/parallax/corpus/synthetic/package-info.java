/// The embedded corpus: speech-like sounds and template sentences made from a seed, whose best reachable accuracy is
/// known exactly for each perspective. It is no speech data and never stands beside any. Read in this order:
/// [dev.parallax.corpus.synthetic.SyntheticSettings] (what is drawn), `Plan` (who shows which symbol), `Prosody` and
/// `Synthesiser` (the sound), `Sentences` (the words), [dev.parallax.corpus.synthetic.SyntheticCeilings] (what can be
/// reached), [dev.parallax.corpus.synthetic.SyntheticCorpus] (all together).
/// May import `data`, `audio` (only `Audio` and the WAV writer), `io`, `random`.
@NullMarked
package dev.parallax.corpus.synthetic;

import org.jspecify.annotations.NullMarked;
