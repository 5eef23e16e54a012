/// The emotion model: two encoders, a fusion, three answers; its configuration, its one-file form, its predictions.
///
/// May import `io`, `backend`, `backend.select`, `tensor`, `autograd`, `nn`, `fusion`, `audio`, `audio.file`,
/// `audio.source`, `audio.speech`, `audio.features`, `text`, `data`, `pretrained.tokenizer`, `pretrained.encoder`,
/// `pretrained`, `model.domain`, `model.answer`.
///
/// Start at [EmotionModel].
@NullMarked
package dev.parallax.model;

import org.jspecify.annotations.NullMarked;
