/// Pretrained encoders as their users have them: folders with a configuration, weights and a tokenizer.
/// `pretrained.checkpoint` reads weights, `pretrained.tokenizer` makes tokens of texts, `pretrained.encoder` computes
/// the states; here both are put together, the states become one row for a text ([SentencePooling]), the licence of a
/// folder is read ([EncoderCard]), and a folder is made for a real encoder that everybody can have.
///
/// May import `io`, `backend`, `tensor`, `autograd`, `nn`, `audio`, `audio.features`, `pretrained.checkpoint`,
/// `pretrained.tokenizer`, `pretrained.encoder`.
///
/// Start at [FrozenStates], for models at [FrozenEncoders].
@NullMarked
package dev.parallax.pretrained;

import org.jspecify.annotations.NullMarked;
