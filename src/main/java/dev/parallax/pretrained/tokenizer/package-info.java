/// From a text to the ids that a pretrained text encoder was trained with. The tokenizer is read from the
/// encoder's own folder; the ids are those of Hugging Face's library `tokenizers`.
///
/// A text goes through five steps: [AddedTokens] finds special tokens that are written in it;
/// [Normalizer] changes characters; [PreTokenizer] cuts words; [TokenModel] cuts words into tokens;
/// [PostProcessor] adds special tokens. [AlignedText] keeps where in the text each character came from.
///
/// May import `io`.
///
/// Start at [PretrainedTokenizer].
@NullMarked
package dev.parallax.pretrained.tokenizer;

import org.jspecify.annotations.NullMarked;
