package dev.parallax.pretrained.encoder;

import dev.parallax.autograd.InstanceNormalization;
import dev.parallax.autograd.Variable;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Activation;
import dev.parallax.nn.Conv1d;
import dev.parallax.nn.Initializer;
import dev.parallax.nn.LayerNorm;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
import dev.parallax.nn.Pass;
import dev.parallax.pretrained.encoder.Wav2Vec2Config.FrontLayer;
import dev.parallax.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From samples to frames: convolutions without padding, each followed by GELU. In the usual front there are seven, a
/// frame reads 400 samples, 25 ms, and the next begins 320 samples later.
///
/// Where the front has a group norm, its first convolution is normalised over the time of the recording. So every frame
/// depends on the whole of it, and silence behind it would change them all; here a recording is read alone. Else each
/// convolution has a LayerNorm over its columns.
/// shapes: samples [total, 1] -> frames [total of the result, widths of the last].
final class ConvolutionalFront {

    private static final float EPSILON = 1e-5f;

    private final List<Conv1d> convolutions = new ArrayList<>();
    private final List<LayerNorm> norms = new ArrayList<>();
    private @Nullable Parameter gamma; // of the group norm
    private @Nullable Parameter beta;

    ConvolutionalFront(Parameters parameters, String name, Wav2Vec2Config config) {
        int in = 1;
        for (int layer = 0; layer < config.front().size(); layer++) {
            FrontLayer sizes = config.front().get(layer);
            int out = sizes.width();
            String own = name + ".conv_layers." + layer;
            convolutions.add(new Conv1d(
                    parameters,
                    own + ".conv",
                    new Conv1d.Sizes(in, out, sizes.kernel(), sizes.stride(), 0, 1, config.hasBias())));
            if (!config.groupNorm()) {
                norms.add(new LayerNorm(parameters, own + ".layer_norm", out, EPSILON));
            } else if (layer == 0) {
                gamma = parameters.add(own + ".layer_norm.weight", Shape.of(out), Initializer.constant(1));
                beta = parameters.add(own + ".layer_norm.bias", Shape.of(out), Initializer.zeros());
            }
            in = out;
        }
    }

    /// Where the frames of each recording begin.
    Offsets frames(Offsets samples) {
        Offsets offsets = samples;
        for (Conv1d convolution : convolutions) {
            offsets = convolution.outputOffsets(offsets);
        }
        return offsets;
    }

    Variable forward(Pass pass, Variable samples, Offsets offsets) {
        Variable x = samples;
        Offsets rows = offsets;
        for (int layer = 0; layer < convolutions.size(); layer++) {
            x = convolutions.get(layer).forward(pass, x, rows);
            rows = convolutions.get(layer).outputOffsets(rows);
            if (!norms.isEmpty()) {
                x = norms.get(layer).forward(pass, x);
            } else if (layer == 0 && gamma != null && beta != null) {
                InstanceNormalization norm = new InstanceNormalization(rows, EPSILON);
                x = pass.tape().apply(norm, x, pass.variable(gamma), pass.variable(beta));
            }
            x = Activation.GELU.forward(pass, x);
        }
        return x;
    }
}
