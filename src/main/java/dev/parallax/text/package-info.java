/// From a sentence to the ids of its words: the tokenizer and the vocabulary. Both are kept in the model file, so
/// training and prediction cut text alike.
///
/// May import `io`.
///
/// Start at [Tokenizer].
@NullMarked
package dev.parallax.text;

import org.jspecify.annotations.NullMarked;
