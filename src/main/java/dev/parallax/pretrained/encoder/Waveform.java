package dev.parallax.pretrained.encoder;

import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Pass;
import dev.parallax.tensor.Shape;
import java.util.List;

/// Samples of recordings as encoders read them.
final class Waveform {

    private Waveform() {}

    /// (x - mean) / sqrt(variance + floor) over the whole recording.
    static float[] normalized(float[] samples, double floor) {
        double mean = 0;
        for (float sample : samples) {
            mean += sample;
        }
        mean /= samples.length;
        double squares = 0;
        for (float sample : samples) {
            squares += (sample - mean) * (sample - mean);
        }
        double scale = 1 / Math.sqrt(squares / samples.length + floor);
        float[] input = new float[samples.length];
        for (int i = 0; i < input.length; i++) {
            input[i] = (float) ((samples[i] - mean) * scale);
        }
        return input;
    }

    static Offsets offsets(List<float[]> recordings) {
        return Offsets.ofLengths(
                recordings.stream().mapToInt(each -> each.length).toArray());
    }

    /// One recording after the other, [samples, 1].
    static Variable joined(Pass pass, List<float[]> recordings) {
        Offsets offsets = offsets(recordings);
        float[] all = new float[offsets.total()];
        for (int i = 0; i < recordings.size(); i++) {
            System.arraycopy(recordings.get(i), 0, all, offsets.start(i), offsets.length(i));
        }
        return pass.tape().constant(Shape.of(all.length, 1), all);
    }
}
