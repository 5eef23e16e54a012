/// Where a model looks: the weights of its self-attention, over the time of a recording and over the words of a text.
///
/// May import `io`, `backend`, `tensor`, `autograd`, `nn`, `fusion`, `audio`, `audio.file`, `audio.source`,
/// `audio.speech`, `audio.features`, `text`, `data`, `pretrained.tokenizer`, `pretrained`, `model.domain`, `model`.
///
/// Start at [Attention].
@NullMarked
package dev.parallax.model.attention;

import org.jspecify.annotations.NullMarked;
