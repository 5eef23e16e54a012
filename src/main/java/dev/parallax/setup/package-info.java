/// Requests become runs: a model is trained, a model is scored, fusions are studied. What the command line does, any
/// program can do with these calls.
///
/// May import `io`, `backend`, `backend.select`, `nn`, `fusion`, `audio.source`, `audio.speech`, `audio.variation`,
/// `audio.features`, `text`, `data`, `corpus.recordings`, `corpus.split`, `corpus.verify`, `corpus.synthetic`,
/// `corpus`, `pretrained`, `model`, `eval`, `train`, `audit.training`, `robustness`, `report.study`,
/// `study`, `setup.request`.
///
/// Start at [Training].
@NullMarked
package dev.parallax.setup;

import org.jspecify.annotations.NullMarked;
