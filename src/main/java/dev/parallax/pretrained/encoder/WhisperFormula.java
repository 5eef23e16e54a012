package dev.parallax.pretrained.encoder;

import java.util.function.UnaryOperator;

/// The log-mel spectrogram of Whisper in plain double loops, for those who check [WhisperFeatures]: a Fourier sum in
/// place of the fast transform, triangles in place of the filterbank's tables.
///
///     f(m) = 200 m / 3 below 1000 Hz, where m = 15, and 1000 · 6.4^((m - 15) / 27) above
///     weight[b, k] = max(0, min((f_k - l) / (c - l), (r - f_k) / (r - c))) · 2 / (r - l)
///
/// with l, c and r three neighbours of bands + 2 frequencies that are evenly spread in m from 0 to 8000 Hz.
///
/// @param bands   rows of the filterbank
/// @param samples of the recording once it is filled up
record WhisperFormula(int bands, int samples) implements UnaryOperator<double[]> {

    /// In one line.
    static final String TEXT = "x = (max(y, largest y - 8) + 4) / 4, y = log10(max(mel power, 1e-10)), of frames of 400"
            + " samples every 160, the recording filled up with zeros and mirrored at its ends";

    private static final int FRAME = 400;
    private static final int HOP = 160;
    private static final int BINS = FRAME / 2 + 1;
    private static final double RATE = 16_000;
    private static final double KNEE = 15; // of the mel scale, at 1000 Hz
    private static final double LINEAR = 200.0 / 3; // Hz for one m below
    private static final double STEEP = Math.log(6.4) / 27; // above

    @Override
    public double[] apply(double[] recording) {
        double[][] weights = weights();
        double[] cosines = new double[FRAME];
        double[] sines = new double[FRAME];
        for (int i = 0; i < FRAME; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / FRAME);
            sines[i] = Math.sin(2 * Math.PI * i / FRAME);
        }
        int frames = samples / HOP;
        double[] logs = new double[frames * bands];
        double largest = Double.NEGATIVE_INFINITY;
        for (int t = 0; t < frames; t++) {
            double[] x = frame(recording, t);
            double[] power = new double[BINS];
            for (int k = 0; k < BINS; k++) {
                double re = 0;
                double im = 0;
                for (int i = 0; i < FRAME; i++) {
                    re += x[i] * cosines[i * k % FRAME];
                    im -= x[i] * sines[i * k % FRAME];
                }
                power[k] = re * re + im * im;
            }
            for (int b = 0; b < bands; b++) {
                double sum = 0;
                for (int k = 0; k < BINS; k++) {
                    sum += weights[b][k] * power[k];
                }
                logs[t * bands + b] = Math.log10(Math.max(sum, 1e-10));
                largest = Math.max(largest, logs[t * bands + b]);
            }
        }
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (Math.max(logs[i], largest - 8) + 4) / 4;
        }
        return logs;
    }

    private double[] frame(double[] recording, int t) {
        double[] x = new double[FRAME];
        for (int i = 0; i < FRAME; i++) {
            int place = Math.abs(t * HOP + i - FRAME / 2);
            place = place < samples ? place : 2 * samples - 2 - place;
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / FRAME);
            x[i] = place < recording.length ? window * recording[place] : 0;
        }
        return x;
    }

    private double[][] weights() {
        double top = KNEE + Math.log(RATE / 2 / 1000) / STEEP;
        double[][] weights = new double[bands][BINS];
        for (int b = 0; b < bands; b++) {
            double left = hertz(top * b / (bands + 1));
            double centre = hertz(top * (b + 1) / (bands + 1));
            double right = hertz(top * (b + 2) / (bands + 1));
            for (int k = 0; k < BINS; k++) {
                double f = k * RATE / FRAME;
                double rise = Math.min((f - left) / (centre - left), (right - f) / (right - centre));
                weights[b][k] = Math.max(0, rise) * 2 / (right - left);
            }
        }
        return weights;
    }

    private static double hertz(double m) {
        return m < KNEE ? LINEAR * m : 1000 * Math.exp(STEEP * (m - KNEE));
    }
}
