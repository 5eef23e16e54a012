/// The spoken corpus: sentences that people wrote, spoken by the speech synthesiser espeak-ng in a tone of voice
/// that agrees with the words, contradicts them, or leaves them alone. What each utterance shows is known, so it
/// can be asked which way to fuse helps, and when. It is synthetic speech: it says nothing about people's voices.
///
/// May import `io`, `audio`, `audio.file`, `audio.variation`, `data`, `corpus.synthetic`.
///
/// Read in this order: [SpokenSettings] (what is drawn), [Relation] and [Tone] (what words and voice say),
/// `SpokenDesign` (who says what), `Espeak` (the sound), [SpokenCeilings] (what can be reached), [SpokenExport]
/// (the files).
@NullMarked
package dev.parallax.corpus.spoken;

import org.jspecify.annotations.NullMarked;
