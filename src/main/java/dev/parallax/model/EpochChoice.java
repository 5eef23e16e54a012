package dev.parallax.model;

import dev.parallax.io.Choice;

/// What chooses the epoch whose weights are kept.
public enum EpochChoice implements Choice {
    /// The scores of the validation part.
    VAL,
    /// Nothing: the last epoch is kept and the validation part is trained on, for numbers of epochs that are known to
    /// be good.
    NOTHING,
    /// The scores of the test part, as in the released code of the paper: every test score of such a run is too good.
    TEST
}
