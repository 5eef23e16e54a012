/// Corpora: one small loader each, checked against what was published about it.
///
/// May import `io`, `audio.source`, `data`, `corpus.recordings`, `corpus.split`, `corpus.verify`,
/// `corpus.synthetic`.
///
/// Start at [Corpora] and [Corpus]; read [RavdessCorpus] as a small loader.
@NullMarked
package dev.parallax.corpus;

import org.jspecify.annotations.NullMarked;
