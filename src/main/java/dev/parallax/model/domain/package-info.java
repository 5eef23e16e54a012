/// What the training data of a model was like, to recognise a recording or a sentence that is unlike it.
///
/// May import `io`, `audio.speech`, `text`, `data`.
///
/// Start at [TrainingDomain]; `docs/sure.md` explains the measures.
@NullMarked
package dev.parallax.model.domain;

import org.jspecify.annotations.NullMarked;
