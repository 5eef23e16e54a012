package dev.parallax.pretrained.encoder;

import java.util.function.UnaryOperator;

/// What an encoder of speech reads of a recording, as a formula.
///
/// @param text  in one line
/// @param loops the same in plain double loops, written without the code that computes it ([SpeechEncoder#input]):
///              from samples at [SpeechEncoder#RATE] to what is read
public record InputFormula(String text, UnaryOperator<double[]> loops) {

    /// The samples themselves.
    static InputFormula samples() {
        return new InputFormula("x = the samples", double[]::clone);
    }

    /// (x - mean) / sqrt(variance + floor) over the whole recording.
    static InputFormula normalized(double floor) {
        return new InputFormula(
                "x = (sample - mean) / √(variance + " + floor + ") over the whole recording", samples -> {
                    double sum = 0;
                    double squares = 0;
                    for (double sample : samples) {
                        sum += sample;
                    }
                    double mean = sum / samples.length;
                    for (double sample : samples) {
                        squares += Math.pow(sample - mean, 2);
                    }
                    double deviation = Math.sqrt(squares / samples.length + floor);
                    double[] read = new double[samples.length];
                    for (int i = 0; i < read.length; i++) {
                        read[i] = (samples[i] - mean) / deviation;
                    }
                    return read;
                });
    }
}
