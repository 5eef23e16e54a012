package dev.parallax.pretrained.encoder;

import dev.parallax.BadInputException;
import dev.parallax.autograd.InstanceNormalization;
import dev.parallax.backend.Offsets;
import dev.parallax.nn.Activation;
import dev.parallax.nn.Conv1d;
import dev.parallax.nn.Initializer;
import dev.parallax.nn.LayerNorm;
import dev.parallax.nn.Parameter;
import dev.parallax.nn.Parameters;
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

    private final List<FrontLayer> layers;
    private final List<Conv1d> convolutions = new ArrayList<>();
    private final List<LayerNorm> norms = new ArrayList<>();
    private @Nullable Parameter gamma; // of the group norm
    private @Nullable Parameter beta;

    private ConvolutionalFront(List<FrontLayer> layers) {
        this.layers = layers;
    }

    /// That of wav2vec 2.0 and its kind.
    static ConvolutionalFront of(Parameters parameters, String name, Wav2Vec2Config config) {
        ConvolutionalFront front = new ConvolutionalFront(config.front());
        for (int layer = 0; layer < config.front().size(); layer++) {
            String own = name + ".conv_layers." + layer;
            front.addConvolution(parameters, own + ".conv", config.hasBias());
            int width = config.front().get(layer).width();
            if (!config.groupNorm()) {
                front.norms.add(new LayerNorm(parameters, own + ".layer_norm", width, EPSILON));
            } else if (layer == 0) {
                front.gamma = parameters.add(own + ".layer_norm.weight", Shape.of(width), Initializer.constant(1));
                front.beta = parameters.add(own + ".layer_norm.bias", Shape.of(width), Initializer.zeros());
            }
        }
        return front;
    }

    /// That of emotion2vec: a LayerNorm behind each convolution, which has no bias.
    static ConvolutionalFront layerNorms(Parameters parameters, String name, List<FrontLayer> layers) {
        ConvolutionalFront front = new ConvolutionalFront(layers);
        for (int layer = 0; layer < layers.size(); layer++) {
            String own = name + ".conv_layers." + layer;
            front.addConvolution(parameters, own + ".0", false);
            front.norms.add(
                    new LayerNorm(parameters, own + ".2.1", layers.get(layer).width(), EPSILON));
        }
        return front;
    }

    private void addConvolution(Parameters parameters, String name, boolean hasBias) {
        int layer = convolutions.size();
        FrontLayer sizes = layers.get(layer);
        int in = layer == 0 ? 1 : layers.get(layer - 1).width();
        convolutions.add(new Conv1d(
                parameters, name, new Conv1d.Sizes(in, sizes.width(), sizes.kernel(), sizes.stride(), 0, 1, hasBias)));
    }

    /// Refuses a recording that has fewer samples than the first frame reads, or more than the convolutions can hold:
    /// the rows of one are an array, which has 2^31 - 1 numbers at most.
    void requireReadable(int samples) {
        long least = 1;
        long most = Integer.MAX_VALUE;
        for (FrontLayer layer : layers.reversed()) {
            least = Math.min((least - 1) * layer.stride() + layer.kernel(), Integer.MAX_VALUE);
            most = Math.min(most, Integer.MAX_VALUE / layer.width()) * layer.stride() + layer.kernel() - 1;
        }
        if (samples < least) {
            throw new BadInputException(counted(samples) + " at least " + least + "; give a longer one");
        }
        if (samples > most) {
            throw new BadInputException(counted(samples) + " at most " + most + " in one piece, "
                    + most / SpeechEncoder.RATE + " s; cut it into pieces");
        }
    }

    private static String counted(int samples) {
        return "the recording has " + samples + " samples at " + SpeechEncoder.RATE + " Hz, the encoder reads";
    }

    /// Where the frames of each recording begin.
    Offsets frames(Offsets samples) {
        Offsets offsets = samples;
        for (Conv1d convolution : convolutions) {
            offsets = convolution.outputOffsets(offsets);
        }
        return offsets;
    }

    /// Its stages, for recordings that begin there: convolution, norm and GELU of each layer.
    List<Stage> stages(Offsets samples) {
        List<Stage> stages = new ArrayList<>();
        Offsets rows = samples;
        for (int layer = 0; layer < convolutions.size(); layer++) {
            Conv1d convolution = convolutions.get(layer);
            Offsets before = rows;
            stages.add(Stage.between((pass, x) -> convolution.forward(pass, x, before)));
            rows = convolution.outputOffsets(rows);
            Parameter scale = gamma;
            Parameter shift = beta;
            if (!norms.isEmpty()) {
                stages.add(Stage.between(norms.get(layer)::forward));
            } else if (layer == 0 && scale != null && shift != null) {
                InstanceNormalization norm = new InstanceNormalization(rows, EPSILON);
                stages.add(Stage.between(
                        (pass, x) -> pass.tape().apply(norm, x, pass.variable(scale), pass.variable(shift))));
            }
            stages.add(Stage.between(Activation.GELU::forward));
        }
        return stages;
    }
}
