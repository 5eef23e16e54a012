/// Pretrained encoders: each architecture a class that reads like its figure, built of the layers of `nn`. Text
/// encoders read tokens, speech encoders the samples of a recording; both give the states behind every layer. The
/// upper blocks alone ([EncoderBlocks]) can be part of another network, which trains them on.
/// The parameters have the names of the checkpoint's tensors, but for those of attention (query, key and value are one
/// matrix) and of the positional convolution (its weight norm is folded).
///
/// May import `io`, `backend`, `tensor`, `autograd`, `nn`, `audio`, `audio.features`, `pretrained.checkpoint`.
///
/// Start at [TextEncoder] or [Wav2Vec2].
@NullMarked
package dev.parallax.pretrained.encoder;

import org.jspecify.annotations.NullMarked;
