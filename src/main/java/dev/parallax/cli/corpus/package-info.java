/// The commands `corpus` and `features`.
///
/// May import `io`, `backend`, `audio`, `audio.file`, `audio.features`, `pretrained.encoder`, `pretrained`, `data`,
/// `corpus.recordings`, `corpus.split`,
/// `corpus.verify`, `corpus.synthetic`, `corpus.spoken`, `corpus`, `corpus.statistics`, `model`, `train`,
/// `report.page`, `report`,
/// `setup.request`, `setup`, `cli.command`, `cli.predict`.
///
/// Start at [CorpusCommand].
@NullMarked
package dev.parallax.cli.corpus;

import org.jspecify.annotations.NullMarked;
