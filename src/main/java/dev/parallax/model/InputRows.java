package dev.parallax.model;

import dev.parallax.autograd.Variable;
import dev.parallax.fusion.Modality;

/// What the encoders of a network read in place of the rows of a batch: the seam at which one asks how
/// an answer depends on its input.
@FunctionalInterface
public interface InputRows {

    /// The rows as they are.
    InputRows AS_READ = (modality, rows) -> rows;

    /// The rows for one modality's encoder.
    ///
    /// @param rows one per frame or token of all utterances [total, columns]: standardised features,
    ///             vectors of words, or states of a pretrained encoder, summed over its layers; of
    ///             dialogues one per turn that has the modality, its vector and who speaks
    /// @return of the same shape
    Variable of(Modality modality, Variable rows);
}
