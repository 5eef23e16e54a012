package dev.parallax.report.plot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of a model's training, epoch by epoch.
///
/// @param epochs in their order, possibly none
/// @param best   the epoch whose weights were kept: `3`, or `3 of audio and 5 of text` where each has its own
/// @param scored the part that was scored after each epoch and chose the best, `validation` or `test`; null where
///               none was, and the last epoch was kept
public record History(
        List<Epoch> epochs, String best, @Nullable String scored) {

    /// The measures of one epoch; NaN where there was nothing to measure.
    ///
    /// @param number      from 1
    /// @param trainLoss   mean over utterances of the whole loss [nats], all its terms together
    /// @param scoredLoss  mean negative log-likelihood of the decision on the part that was scored [nats]
    /// @param accuracy    unweighted accuracy of the decision there, in [0, 1]
    public record Epoch(int number, double trainLoss, double scoredLoss, double accuracy) {}

    /// Keeps its own copy of the list.
    public History {
        epochs = List.copyOf(epochs);
    }
}
