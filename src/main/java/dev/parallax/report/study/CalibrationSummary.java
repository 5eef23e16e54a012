package dev.parallax.report.study;

import dev.parallax.eval.Calibration;
import java.util.List;

/// The calibration of probabilities, mean over the seeds; lower is better.
///
/// @param negativeLogLikelihood    [nats]
/// @param brier                    Brier score, in [0, 2]
/// @param expectedCalibrationError of 15 bins of equal mass, in [0, 1]
public record CalibrationSummary(double negativeLogLikelihood, double brier, double expectedCalibrationError) {

    /// The means over the seeds.
    ///
    /// @param seeds at least one
    public static CalibrationSummary of(List<Calibration> seeds) {
        return new CalibrationSummary(
                seeds.stream()
                        .mapToDouble(Calibration::negativeLogLikelihood)
                        .average()
                        .orElseThrow(),
                seeds.stream().mapToDouble(Calibration::brier).average().orElseThrow(),
                seeds.stream()
                        .mapToDouble(Calibration::expectedCalibrationError)
                        .average()
                        .orElseThrow());
    }
}
