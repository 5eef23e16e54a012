/// Corpora: one small loader each, checked against what was published about it; splits that keep speakers apart;
/// statistics; and features computed once and kept on disk. May import `data`, `audio`, `text`, `tensor`, `io`.
/// Start at [dev.parallax.corpus.Corpora] and [dev.parallax.corpus.Corpus], for a loader at
/// [dev.parallax.corpus.RavdessCorpus], for splits at [dev.parallax.corpus.Splitter].
@NullMarked
package dev.parallax.corpus;

import org.jspecify.annotations.NullMarked;
