package dev.parallax.report.plot;

import java.util.List;

/// The course of a model's training, epoch by epoch.
///
/// @param epochs in their order, possibly none
/// @param best   number of the epoch whose weights were kept, 0 when not known
public record History(List<Epoch> epochs, int best) {

    /// The measures of one epoch; NaN where there was nothing to measure.
    ///
    /// @param number             from 1
    /// @param trainLoss          mean over utterances of the whole loss [nats], all its terms together
    /// @param validationLoss     mean negative log-likelihood of the decision on the validation part [nats]
    /// @param validationAccuracy unweighted accuracy of the decision there, in [0, 1]
    public record Epoch(int number, double trainLoss, double validationLoss, double validationAccuracy) {}

    /// Keeps its own copy of the list.
    public History {
        epochs = List.copyOf(epochs);
    }
}
