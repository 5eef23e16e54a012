package dev.parallax.model;

/// Over which recordings the columns of audio features are brought to mean 0 and standard deviation 1
/// ([dev.parallax.data.FeatureScaling]) before they are read. The vectors that a model of dialogues reads are
/// standardised over the training part or not at all ([dev.parallax.data.VectorScaling]).
public enum Standardization {
    /// They are read as they are.
    NONE,
    /// Over those of the training part.
    TRAINING,
    /// Over those of the same speaker, as many as there are beside the one that is answered; their labels are
    /// not looked at. This adapts to the speaker, so its scores are compared with others only with a note on
    /// it. Without other recordings of the speaker, those of the training part are used.
    SPEAKER
}
